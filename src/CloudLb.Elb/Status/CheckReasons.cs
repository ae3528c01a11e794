using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Status;

/// <summary>What the checks of an instance have come to, and how far it is from the next change.</summary>
internal static class CheckReasons
{
    /// <param name="facts">Of an instance that nothing but its checks can keep from service.</param>
    /// <param name="instance">What the data plane says of it.</param>
    public static Reasoning Of(InstanceFacts facts, ServedInstance instance)
    {
        var check = facts.LoadBalancer.HealthCheck;
        var address = facts.Address!;
        var last = instance.LastCheck ?? instance.FirstProbe;
        var reasoning = facts.Health.State == InstanceState.InService ? Up(facts, instance) : Down(facts, instance);
        return reasoning
            .Because(Last(facts, instance))
            .Because(Progress(facts, instance))
            .Because(Hangs(facts, instance))
            .Because(
                CheckWords.Passes(check.Target, address),
                $"Checks: {CheckWords.Settings(check)}.", Next(instance, check), Decides(facts.LoadBalancer))
            .Advising(last is { HasPassed: false } ? CheckWords.Advice(last, check, address) : null)
            .Advising(
                Hangs(facts, instance).Any()
                    ? "The program hangs, or is slower than the idle timeout: see its log, or let the health check ask for a page that " +
                        "shows it."
                    : null);
    }

    /// <summary>An instance may pass its checks, above all those that only connect, and answer nobody.</summary>
    private static IEnumerable<string> Hangs(InstanceFacts facts, ServedInstance instance) => instance.Unanswered == 0
        ? []
        :
        [
            $"It has taken {Requests(instance.Unanswered)} that it did not answer, or not within the idle timeout of " +
            $"{facts.LoadBalancer.Attributes.IdleTimeout.TotalSeconds:0} s.",
        ];

    private static string Requests(long number) => number == 1 ? "1 request" : $"{number} requests";

    private static Reasoning Up(InstanceFacts facts, ServedInstance instance)
    {
        var sessions = instance.Sessions == 1 ? "1 session" : $"{instance.Sessions} sessions";
        return Reasoning.InService($"{facts.InstanceId} is in service at {facts.LoadBalancer.Key.Name}, {Since(facts, instance)}, with " +
            $"{sessions} now.");
    }

    private static Reasoning Down(InstanceFacts facts, ServedInstance instance)
    {
        var (id, name) = (facts.InstanceId, facts.LoadBalancer.Key.Name);
        if (instance.IsInMaintenance)
        {
            return Reasoning.Not(
                    ToldCause.Maintenance, $"{id} is in maintenance in {facts.Engine}, by a command that CloudLb did not give or is " +
                        "about to take back.")
                .Advising("CloudLb puts it right within its poll interval and logs it as drift.");
        }

        if (!instance.IsUnproven)
        {
            return Reasoning.Not(
                ToldCause.ChecksFailing, $"{id} is not in service at {name}, {Since(facts, instance)}: its checks do not pass, or not " +
                    "often enough yet.");
        }

        return instance.LastCheck is null && instance.FirstProbe is null
            ? Reasoning.Not(ToldCause.NotChecked, $"{id} is not in service at {name}: no check of it has ended yet since it was " +
                "registered.")
            : Reasoning.Not(ToldCause.ChecksFailing, $"{id} is not in service at {name}: it has not passed a check since it was " +
                "registered.");
    }

    private static string Since(InstanceFacts facts, ServedInstance instance) => instance.ChangedAt is { } changed
        ? $"since {Moment.At(changed)} ({Moment.For(facts.Now - changed)})"
        : $"for {Moment.For(instance.UnchangedFor)} at least";

    private static string Last(InstanceFacts facts, ServedInstance instance)
    {
        var (check, address) = (facts.LoadBalancer.HealthCheck, facts.Address!);
        return (instance.LastCheck, instance.FirstProbe) switch
        {
            ({ } last, _) => $"Its last check {CheckWords.Result(last, check, address)}{Said(last)}.",
            (_, { } first) =>
                $"The check that CloudLb made at once {CheckWords.Result(first, check, address)}{Said(first)}; {facts.Engine} has not " +
                    "made one yet.",
            _ when instance.IsUnproven => "It has never been checked yet.",
            _ => $"This {facts.Engine} process has not checked it yet: what was known goes on until it does.",
        };
    }

    /// <summary>In the instance's own words, if it had any, and how long it took.</summary>
    private static string Said(CheckAnswer answer)
    {
        var took = answer.Duration is { } duration ? $"{duration.TotalMilliseconds:0} ms" : null;
        var text = answer.Text.Length > 0 ? $"\"{answer.Text}\"" : null;
        return took is null && text is null ? "" : $" ({string.Join(", ", new[] { text, took }.OfType<string>())})";
    }

    private static IEnumerable<string> Progress(InstanceFacts facts, ServedInstance instance)
    {
        var (rise, fall) = (facts.LoadBalancer.HealthCheck.HealthyThreshold, facts.LoadBalancer.HealthCheck.UnhealthyThreshold);
        if (facts.Health.State == InstanceState.InService)
        {
            var failures = instance.FailuresInARow;
            if (instance.LastCheck is null || failures == 0)
            {
                yield return $"{fall} failures in a row would take it out.";
            }
            else
            {
                yield return $"It has failed {Times(failures)} in a row: {fall - failures} more would take it out.";
            }
        }
        else if (instance.IsUnproven)
        {
            yield return "As it is new, its first pass brings it in.";
        }
        else
        {
            var passes = instance.PassesInARow;
            yield return passes == 0
                ? $"{rise} passes in a row bring it back; the last check was none."
                : $"It has passed {Times(passes)} in a row: {rise - passes} more bring it back.";
        }
    }

    private static string Times(int number) => number == 1 ? "once" : $"{number} times";

    private static string Next(ServedInstance instance, HealthCheck check) => instance.IsCheckUnderWay
        ? "A check is under way now."
        : $"The next check is due within {check.Interval.TotalSeconds:0} s.";

    private static string Decides(LoadBalancer loadBalancer)
    {
        var first = loadBalancer.Listeners[0];
        return "What the API says is the state in the pool of the first listener by port, " +
            $"{first.Protocol}:{first.LoadBalancerPort} -> {first.InstanceProtocol}:{first.InstancePort}.";
    }
}

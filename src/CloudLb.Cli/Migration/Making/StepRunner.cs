using CloudLb.Cli.Migration.Planning;

namespace CloudLb.Cli.Migration.Making;

/// <summary>
/// Calls the steps of a plan in their order. One that is refused takes along what belongs to it and nothing else; a server that fails ends
/// the run, and a new plan goes on where it ended.
/// </summary>
internal sealed class StepRunner(ApiCalls calls, Action<Step> made)
{
    /// <summary>Where an answer has the ARN of what was made.</summary>
    private static readonly Dictionary<string, (string List, string Arn)> Made = new()
    {
        ["CreateTargetGroup"] = ("TargetGroups", "TargetGroupArn"), ["CreateLoadBalancer"] = ("LoadBalancers", "LoadBalancerArn"),
        ["CreateListener"] = ("Listeners", "ListenerArn"), ["CreateRule"] = ("Rules", "RuleArn"),
    };

    private readonly List<Refusal> _refused = [];
    private readonly HashSet<string> _notMade = new(StringComparer.Ordinal);
    private Dictionary<string, string> _arns = [];

    public IReadOnlyList<Refusal> Refused => _refused;

    public int Count { get; private set; }

    /// <exception cref="CommandException">The server has failed; the message says at which step.</exception>
    public async Task RunAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        _arns = new(plan.Here, StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            try
            {
                await RunAsync(step, cancellationToken);
            }
            catch (CommandException exception)
            {
                throw new CommandException(
                    $"Stopped at '{step.Text}': {exception.Message} {Count} of {plan.Steps.Count} steps were done before it, each told " +
                    "above; run the same command again, and it goes on from there.",
                    exception.ExitCode);
            }
        }
    }

    private async Task RunAsync(Step step, CancellationToken cancellationToken)
    {
        if (Wire.AllTexts(step.Request).FirstOrDefault(_notMade.Contains) is { } missing)
        {
            Refuse(step, $"{missing[(missing.IndexOf('/') + 1)..]} was not made");
            return;
        }

        try
        {
            var request = Wire.Replaced(step.Request, _arns)!.AsObject();
            var answer = await calls.SendAsync(step.Service, step.Action, request, cancellationToken);
            if (step.Makes is { } arn && Made.TryGetValue(step.Action, out var place)
                && Wire.Text(Wire.Items(answer, place.List).FirstOrDefault(), place.Arn) is { } here)
            {
                _arns[arn] = here;
            }

            Count++;
            made(step);
        }
        catch (RefusedException exception)
        {
            var parts = step.Divided().ToList();
            if (parts.Count == 0)
            {
                Refuse(step, exception.Message);
            }

            foreach (var part in parts)
            {
                await RunAsync(part, cancellationToken);
            }
        }
    }

    private void Refuse(Step step, string reason)
    {
        _refused.Add(new(step.Text, reason));
        if (step.Makes is { } arn)
        {
            _notMade.Add(arn);
        }
    }
}

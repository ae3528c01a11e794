using System.CommandLine;
using CloudLb.Cli.Control;
using CloudLb.Cli.Trying;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb register</c> and <c>cloudlb unregister</c>: what <c>clb-register</c> does on a member machine, on CloudLb's own, with its
/// first access key.
/// </summary>
internal static class RegisterCommand
{
    public static Command Register(Func<EffectiveSettings> settings) => Create(
        settings, "register", "Register instances with load balancers of the first access key's account.",
        "RegisterInstancesWithLoadBalancer", "registered {0} with {1}");

    public static Command Unregister(Func<EffectiveSettings> settings) => Create(
        settings, "unregister", "Deregister instances from load balancers of the first access key's account.",
        "DeregisterInstancesFromLoadBalancer", "deregistered {0} from {1}");

    private static Command Create(Func<EffectiveSettings> settings, string name, string description, string action, string told)
    {
        var loadBalancers = new Argument<string[]>("load-balancer")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "The names of the load balancers.",
        };
        var instances = new Option<string[]>("--instance", "-i")
        {
            Required = true, Description = "An address, a host name or an i-... id; once for each instance.",
        };
        var region = new Option<string?>("--region") { Description = "The load balancers' region; the server's first otherwise." };
        var command = new Command(name, description) { loadBalancers, instances, region };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var server = await control.GetServerAsync(cancellationToken);
            using var calls = new SignedCalls(server with { Region = parsed.GetValue(region) ?? server.Region });
            string[] ids = parsed.GetValue(instances)!;
            foreach (var loadBalancer in parsed.GetValue(loadBalancers)!)
            {
                var members = ids.Select((id, index) => ($"Instances.member.{index + 1}.InstanceId", id));
                await calls.SendAsync(action, members.Prepend(("LoadBalancerName", loadBalancer)), cancellationToken);
                Console.Out.WriteLine(Printable.Of(string.Format(null, told, string.Join(", ", ids), loadBalancer)));
            }
        });
        return command;
    }
}

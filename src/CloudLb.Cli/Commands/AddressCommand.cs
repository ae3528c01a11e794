using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb address NAME</c>: the address alone, or the DNS name, for <c>curl http://$(cloudlb address web --name)/</c>.
/// </summary>
internal static class AddressCommand
{
    public static Command Create(Func<EffectiveSettings> settings)
    {
        var name = new Argument<string>("name") { Description = "The load balancer's name." };
        var account = new Option<string?>("--account") { Description = "Only of this account." };
        var region = new Option<string?>("--region") { Description = "Only of this region." };
        var isByName = new Option<bool>("--name") { Description = "Its DNS name instead." };
        var isOfAll = new Option<bool>("--all") { Description = "All addresses that it has, one a line, those that leave last." };
        var command = new Command("address", "Print the address of a load balancer.") { name, isByName, isOfAll, account, region };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var found = await control.GetLoadBalancersAsync(parsed.GetValue(name)!, cancellationToken);
            var one = NamedLoadBalancer.Single(found, parsed.GetValue(name)!, parsed.GetValue(account), parsed.GetValue(region));
            IEnumerable<string> shown = parsed.GetValue(isByName) ? [one.DnsName]
                : parsed.GetValue(isOfAll) && one.Addresses is { } several ? several.Select(each => each.Address)
                : [one.Address];
            foreach (var line in shown)
            {
                Console.Out.WriteLine(line);
            }
        });
        return command;
    }
}

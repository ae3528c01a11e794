using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb hold-addresses</c>: puts load balancers' addresses on an interface for the server, which may not. Run by a unit of its own.
/// </summary>
internal static class HoldAddressesCommand
{
    public static Command Create(Func<string, CancellationToken, Task> hold)
    {
        var file = new Argument<string>("file")
        {
            Description = "The settings that name the pools and the interface; root's, and no one else's to write.",
            DefaultValueFactory = _ => "/etc/cloudlb/appsettings.json",
        };
        var command = new Command(
            "hold-addresses", "Add and remove addresses of the pools on their interface for the server; needs CAP_NET_ADMIN and no more.")
        {
            file,
        };
        command.SetAction((parsed, cancellationToken) => hold(parsed.GetValue(file)!, cancellationToken));
        return command;
    }
}

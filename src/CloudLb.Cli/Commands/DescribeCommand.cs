using System.CommandLine;
using System.Text.Json;
using CloudLb.Cli.Control;
using Spectre.Console;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb describe</c>: a table of the load balancers and how they do.</summary>
internal static class DescribeCommand
{
    /// <summary>Wide enough that nothing is folded when the output is not a terminal.</summary>
    private const int WidthOfPipe = 240;

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "Only load balancers of this name." };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var command = new Command("describe", "Show load balancers: address, listeners, instances and their state.")
        {
            name, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var all = await control.GetLoadBalancersAsync(cancellationToken);
            var wanted = parsed.GetValue(name);
            var shown = all.Where(status => wanted is null || status.Name == wanted).ToList();
            if (wanted is not null && shown.Count == 0)
            {
                throw new CommandException($"There is no load balancer named '{wanted}'.");
            }

            Print(shown, parsed.GetValue(output) == "json");
        });
        return command;
    }

    private static void Print(IReadOnlyList<LoadBalancerStatus> statuses, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(statuses, ControlClient.Json));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Load balancer", "Address", "Listeners", "Instances", "State");
        foreach (var status in statuses)
        {
            table.AddRow(
                Cell($"{status.Name}\n{status.Account} {status.Region}"),
                Cell(status.Address),
                Cell(string.Join('\n', status.Listeners.Select(Line).Prepend(status.Fault is null ? null : $"NOT SERVED: {status.Fault}").OfType<string>())),
                Cell(string.Join('\n', status.Instances.Select(instance => instance.InstanceId))),
                Cell(string.Join('\n', status.Instances.Select(Line))));
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfPipe;
        }

        AnsiConsole.Write(table);
    }

    private static string Line(ListenerStatus listener)
    {
        var line = $"{listener.Protocol}:{listener.LoadBalancerPort} -> {listener.InstanceProtocol}:{listener.InstancePort}";
        return listener.Fault is null ? line : $"{line} NOT SERVED: {listener.Fault}";
    }

    private static string Line(InstanceStatus instance) => instance.State == "InService" ? instance.State : $"{instance.State}: {instance.Description}";

    private static Text Cell(string text) => new(text);
}

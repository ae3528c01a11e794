using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CloudLb.Cli.Control;
using Spectre.Console;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb describe</c>: a table of the load balancers and how they do; with a name, all that is known of that one.</summary>
internal static class DescribeCommand
{
    public static Command Create(Func<EffectiveSettings> settings)
    {
        var name = new Argument<string?>("name")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Only load balancers of this name, with their HAProxy process, checks and sessions.",
        };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var account = new Option<string?>("--account") { Description = "Only of this account." };
        var region = new Option<string?>("--region") { Description = "Only of this region." };
        var command = new Command("describe", "Show load balancers: address, listeners, instances and their state.")
        {
            name, account, region, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var wanted = parsed.GetValue(name);
            var found = wanted is null
                ? await control.GetLoadBalancersAsync(cancellationToken)
                : await control.GetDetailsAsync(wanted, cancellationToken);
            var shown = NamedLoadBalancer.Of(found, parsed.GetValue(account), parsed.GetValue(region)).ToList();
            if (wanted is not null && shown.Count == 0)
            {
                throw new CommandException($"There is no load balancer named '{wanted}'.", ExitCodes.NotFound);
            }

            if (parsed.GetValue(output) == "json")
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(shown, ControlClient.Json));
            }
            else if (wanted is null)
            {
                PrintTable(shown);
            }
            else
            {
                shown.ForEach(LoadBalancerDetails.Print);
            }
        });
        return command;
    }

    /// <summary>A listener, and why it is not served if it is not.</summary>
    public static string Line(ListenerStatus listener)
    {
        var place = $"{listener.Protocol}:{listener.LoadBalancerPort}";
        var line = listener.InstancePort == 0
            ? $"{place} (own answers)"
            : $"{place} -> {listener.InstanceProtocol}:{listener.InstancePort}";
        return listener.Fault is null ? line : $"{line} NOT SERVED: {listener.Fault}";
    }

    private static void PrintTable(IReadOnlyList<LoadBalancerStatus> statuses)
    {
        var table = Screen.Table("Load balancer", "Address", "Listeners", "Instances", "State");
        statuses.ToList().ForEach(status => AddRows(table, status));
        Screen.Write(table);
    }

    /// <summary>
    /// A row for each line, so that an instance and its state stay side by side where a narrow terminal has one of them folded.
    /// </summary>
    private static void AddRows(Table table, LoadBalancerStatus status)
    {
        string[] names = [status.Name, $"{status.Account} {status.Region}"];
        string[] addresses = status.Addresses is { } several
            ? [.. several.Select(each => each.State == "Healthy" ? each.Address : $"{each.Address} {each.State}")]
            : [status.Address];
        List<(string Text, bool? IsWell)> listeners =
        [
            .. status.Listeners.Select(listener => (Line(listener), listener.Fault is null ? null : (bool?)false)),
        ];
        if (status.Fault is not null)
        {
            listeners.Insert(0, ($"NOT SERVED: {status.Fault}", false));
        }
        else if (status.Behind is not null)
        {
            listeners.Insert(0, ($"NOT AS IT SHOULD BE: {status.Behind}", false));
        }

        for (var row = 0; row < new[] { names.Length, addresses.Length, listeners.Count, status.Instances.Count }.Max(); row++)
        {
            var (listener, isWell) = listeners.ElementAtOrDefault(row);
            var instance = status.Instances.ElementAtOrDefault(row);
            table.AddRow(
                Screen.Cell(names.ElementAtOrDefault(row)), Screen.Cell(addresses.ElementAtOrDefault(row)), Screen.Judged(listener, isWell),
                Screen.Cell(instance is null ? null : NameOf(instance)),
                instance is null ? Screen.Cell() : Screen.Judged(Line(instance), IsInService(instance)));
        }
    }

    /// <summary>Null where it is not known.</summary>
    public static bool? IsInService(InstanceStatus instance) =>
        instance.State switch { "InService" or "healthy" => true, "OutOfService" or "unhealthy" => false, _ => null };

    /// <summary>As it is told to <c>explain</c>.</summary>
    public static string NameOf(InstanceStatus instance) =>
        instance.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{instance.InstanceId}:{port}") : instance.InstanceId;

    private static string Line(InstanceStatus instance) =>
        instance.Description.Length == 0 || instance.State == "InService" ? instance.State : $"{instance.State}: {instance.Description}";
}

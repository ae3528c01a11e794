using System.Globalization;
using CloudLb.Cli.Control;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudLb.Cli.Commands;

/// <summary>All that is known of one load balancer, on several lines and in two tables.</summary>
internal static class LoadBalancerDetails
{
    private const int LabelWidth = 14;

    // The column of it, which stays a word on a narrow terminal.
    private const int State = 3;

    public static void Print(LoadBalancerStatus status)
    {
        Line("NOT SERVED", status.Fault);
        Line("NOT AS IT SHOULD BE", status.Behind);
        Line("Load balancer", $"{status.Name} ({status.Account} {status.Region})");
        Line("DNS name", status.DnsName);
        foreach (var address in Addresses(status))
        {
            Line("Address", address);
        }

        Line("Health check", status.HealthCheck);
        Line("Cell", status.Cell is null ? "none yet" : Of(status.Cell));
        Line("HAProxy", status.Silence);
        Line("UDP", status.Datagrams is { } datagrams ? Of(datagrams) : null);

        var listeners = Screen.Table("Listener", "Instances");
        foreach (var listener in status.Listeners)
        {
            listeners.AddRow(
                Screen.Judged(DescribeCommand.Line(listener), listener.Fault is null ? null : false),
                Screen.Cell(InService(status, listener)));
        }

        Screen.Write(listeners);
        var hasGroups = status.Instances.Any(instance => instance.Group is not null);
        string[] columns = ["Address", "Zone", "State", "Reason", "Last check", "Took", "Sessions", "Ever"];
        var instances = Screen.Table(hasGroups ? ["Instance", "Group", .. columns] : ["Instance", .. columns]);
        instances.Columns[hasGroups ? State + 1 : State].NoWrap = true;
        foreach (var instance in status.Instances)
        {
            var cells = new List<IRenderable>
            {
                Screen.Cell(DescribeCommand.NameOf(instance)),
                Screen.Cell(instance.Address),
                Screen.Cell(instance.AvailabilityZone ?? "-"),
                Screen.Judged(instance.State, DescribeCommand.IsInService(instance)),
                Screen.Cell(
                    instance.ReasonCode == instance.Description ? instance.ReasonCode : $"{instance.ReasonCode}: {instance.Description}"),
                Screen.Cell(instance.LastCheck is { } check ? Of(check) : "none yet"),
                Screen.Cell(
                    instance.LastCheck?.Milliseconds is { } took ? string.Create(CultureInfo.InvariantCulture, $"{took:0} ms") : "-"),
                Screen.Cell(Number(instance.Sessions)),
                Screen.Cell(Number(instance.TotalSessions)),
            };
            if (hasGroups)
            {
                cells.Insert(1, Screen.Cell(instance.Group));
            }

            instances.AddRow(cells);
        }

        Screen.Write(instances);
        foreach (var held in status.Instances.Where(instance => instance.Member is not null))
        {
            Line("Lease", $"{held.InstanceId}: {Lease(held)}");
        }
    }

    /// <summary>By target group, where the listener sends to such.</summary>
    private static string InService(LoadBalancerStatus status, ListenerStatus listener) => listener.Groups is { } groups
        ? groups.Count == 0
            ? "answers by itself"
            : string.Join(", ", groups.Select(group => $"{group.Name}: {group.InService} of {group.Targets} in service"))
        : $"{status.Instances.Count(instance => DescribeCommand.IsInService(instance) == true)} of {status.Instances.Count} in service";

    private static IEnumerable<string> Addresses(LoadBalancerStatus status) => status.Addresses is { } several
        ? several.Select(each => $"{each.Address} in {each.AvailabilityZone ?? "no zone of its own"}, {each.State}"
            + (each.Reason is { } reason ? $": {reason}" : ""))
        : [status.Address];

    private static string Lease(InstanceStatus instance) => instance.LeaseSecondsLeft is >= 0 and var left
        ? string.Create(CultureInfo.InvariantCulture, $"held by the member {instance.Member}, {left:0} s left")
        : $"the member {instance.Member} has not registered it again in time; kept, as there are no more instances";

    private static string Of(CellSummary cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cell.Number}: HAProxy process {(cell.ProcessId is { } id ? $"{id}" : "none")}, generation {cell.Generation}, " +
        $"{cell.LoadBalancers} load balancers, {cell.OldProcesses} old processes that finish");

    private static string Of(DatagramStatus datagrams) => string.Create(
        CultureInfo.InvariantCulture,
        $"nginx process {(datagrams.ProcessId is { } id ? $"{id}" : "none")}, {datagrams.ActiveFlows} flows now, {datagrams.Flows} ever, " +
        $"{datagrams.Bytes} bytes in those that have ended");

    private static string Of(CheckStatus check) => string.Join(
        ' ',
        new[] { check.Status, check.Code is { } code ? code.ToString(CultureInfo.InvariantCulture) : null, check.Text }.Where(
            word => !string.IsNullOrEmpty(word)));

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static void Line(string label, string? text)
    {
        if (text is not null)
        {
            Console.Out.WriteLine($"{label,-LabelWidth} {Printable.Of(text)}");
        }
    }
}

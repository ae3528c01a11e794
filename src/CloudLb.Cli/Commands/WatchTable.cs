using System.Globalization;
using CloudLb.Cli.Control;
using Spectre.Console;

namespace CloudLb.Cli.Commands;

/// <summary>What <c>cloudlb watch</c> draws.</summary>
internal static class WatchTable
{
    /// <summary>Cells in the table on a terminal; their sums stand above it.</summary>
    public const int CellsShown = 4;

    // Sums, heading and frame of both tables, and the last line.
    private const int OtherLines = 12;
    private const int FewestRows = 3;

    // Wider than any line: a terminal that does not wrap shows as much of it as it has room for.
    private const int PaperWidth = 1000;

    /// <summary>How many load balancers a terminal has room for, each on one line.</summary>
    public static int RowsIn(int? wanted) =>
        Math.Min(wanted ?? int.MaxValue, Math.Max(FewestRows, Console.WindowHeight - OtherLines - CellsShown));

    /// <summary>One line about all.</summary>
    /// <param name="status">What is seen.</param>
    /// <param name="handOversBefore">How many hand-overs there had been when the watch began; null where that is not told.</param>
    public static string Sums(WatchStatus status, long? handOversBefore) => string.Create(
        CultureInfo.InvariantCulture,
        $"load balancers {status.LoadBalancers}  requests/s {status.RequestsPerSecond}  sessions {status.Sessions}  instances " +
        $"{status.Healthy} healthy {status.Unhealthy} unhealthy  faults {status.Faults}  cells {status.Cells} ({status.CellsDown} down)  " +
        $"hand-overs {status.HandOvers}{(handOversBefore is { } before ? $" (+{status.HandOvers - before})" : "")}  old processes " +
        $"{status.OldProcesses}");

    public static Table LoadBalancers(WatchStatus status)
    {
        var table = Screen.Table("Load balancer", "Address", "Requests/s", "Sessions", "Healthy", "Unhealthy", "Fault");
        foreach (var column in table.Columns.Skip(2).Take(4))
        {
            column.Alignment = Justify.Right;
        }

        foreach (var shown in status.Shown)
        {
            table.AddRow(
                Line($"{shown.Name} ({shown.Account} {shown.Region})"),
                Line(shown.Address),
                Line(Number(shown.RequestsPerSecond)),
                Line(Number(shown.Sessions)),
                Line(Number(shown.Healthy)),
                Line(Number(shown.Unhealthy), shown.Unhealthy > 0 ? Color.Red : null),
                Line(shown.Fault ?? "", Color.Red));
        }

        return table;
    }

    public static Table Cells(WatchStatus status)
    {
        var table = Screen.Table("Cell", "HAProxy process", "Generation", "Load balancers", "Old processes");
        foreach (var cell in status.ShownCells)
        {
            table.AddRow(
                Line(Number(cell.Number)), Line(cell.ProcessId is { } id ? Number(id) : "none", cell.ProcessId is null ? Color.Red : null),
                Line(Number(cell.Generation)),
                Line(Number(cell.LoadBalancers)), Line(Number(cell.OldProcesses)));
        }

        return table;
    }

    /// <summary>Fills a terminal's screen, in one write so that nothing flickers. What is wider than the terminal, it cuts off.</summary>
    public static void Draw(WatchStatus status, long handOversBefore, string? trouble)
    {
        var hidden = status.LoadBalancers - status.Shown.Count;
        var frame = new StringWriter();
        var paper = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = AnsiConsole.Profile.Capabilities.ColorSystem == ColorSystem.NoColors
                ? ColorSystemSupport.NoColors
                : ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(frame),
        });
        paper.Profile.Width = PaperWidth;
        paper.Write(new Rows(
            Line(Sums(status, handOversBefore)),
            LoadBalancers(status),
            Cells(status),
            Line(
                trouble ?? (hidden > 0 ? $"{hidden} more load balancers; --name shows fewer. Press q to end." : "Press q to end."),
                trouble is null ? null : Color.Red)));

        var lines = frame.ToString().TrimEnd('\n').Split('\n');
        var height = Console.WindowHeight > 0 ? Console.WindowHeight : lines.Length;
        Console.Out.Write(
            $"{Terminal.Home}{string.Join($"{Terminal.ClearRest}\n", lines.Take(height))}{Terminal.ClearRest}{Terminal.ClearBelow}");
    }

    private static Text Line(string text, Color? colour = null) =>
        new(Printable.Of(text), colour is { } known ? new Style(known) : Style.Plain);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

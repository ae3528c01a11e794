using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb watch</c>: a table that is kept up to date on a terminal; elsewhere printed once, or a line for each interval.
/// </summary>
internal static class WatchCommand
{
    private const int DefaultInterval = 1;
    private const int LongestInterval = 3600;
    private const int RowsOfPipe = 50;
    private const int MostRows = 1000;
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(50);

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var interval = new Option<int?>("--interval", "-i") { Description = $"Seconds from one look to the next, 1 to {LongestInterval}; " +
            $"default {DefaultInterval}. Where the output is no terminal: print a line each time instead of one table." };
        var name = new Option<string?>("--name", "-n") { Description = "Only load balancers whose name contains this." };
        var rows = new Option<int?>("--rows", "-r") { Description = $"Show at most this many load balancers, 1 to {MostRows}; default: " +
            $"what the terminal has room for, or {RowsOfPipe}." };
        interval.Validators.Add(result => Check(result, LongestInterval));
        rows.Validators.Add(result => Check(result, MostRows));
        var command = new Command(
            "watch",
            "Watch the traffic: load balancers at fault first, then the busiest, and the HAProxy processes. Ends with q or Ctrl-C.")
        {
            interval, name, rows,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupt = EndOn(PosixSignal.SIGINT, end);
            using var terminate = EndOn(PosixSignal.SIGTERM, end);
            var watch = new Watch(
                control, parsed.GetValue(name), parsed.GetValue(rows), TimeSpan.FromSeconds(parsed.GetValue(interval) ?? DefaultInterval));
            try
            {
                await (Console.IsOutputRedirected
                    ? parsed.GetValue(interval) is null ? PrintOnceAsync(watch, end.Token) : PrintLinesAsync(watch, end.Token)
                    : ShowAsync(watch, end));
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Ended as it was asked to.
            }
        });
        return command;
    }

    /// <summary>By what was typed, as the parser throws when asked for the value of a text that is no number.</summary>
    private static void Check(OptionResult result, int most)
    {
        if (result.Tokens is [var token, ..]
            && (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1 || value > most))
        {
            result.AddError($"{result.Option.Name} must be 1 to {most}.");
        }
    }

    /// <summary>So that the terminal is left as it was found.</summary>
    private static PosixSignalRegistration EndOn(PosixSignal signal, CancellationTokenSource end) =>
        PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        end.Cancel();
    });

    private static async Task PrintOnceAsync(Watch watch, CancellationToken cancellationToken)
    {
        var status = await watch.LookAsync(watch.Rows ?? RowsOfPipe, RowsOfPipe, cancellationToken);
        Console.Out.WriteLine(WatchTable.Sums(status, null));
        Screen.Write(WatchTable.LoadBalancers(status));
        Screen.Write(WatchTable.Cells(status));
    }

    private static async Task PrintLinesAsync(Watch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await watch.LookAsync(rows: 0, cells: 0, cancellationToken);
            Console.Out.WriteLine(
                $"{watch.Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)} {WatchTable.Sums(status, null)}");
            await watch.PauseAsync(cancellationToken);
        }
    }

    private static async Task ShowAsync(Watch watch, CancellationTokenSource end)
    {
        var first = await watch.LookAsync(WatchTable.RowsIn(watch.Rows), WatchTable.CellsShown, end.Token);
        var keys = Console.IsInputRedirected ? Task.CompletedTask : EndOnKeyAsync(end);
        Console.Out.Write(Terminal.Enter);
        try
        {
            for (var (status, trouble) = (first, (string?)null); ; (status, trouble) = await LookAgainAsync(watch, status, end.Token))
            {
                WatchTable.Draw(status, first.HandOvers, trouble);
                await watch.PauseAsync(end.Token);
            }
        }
        finally
        {
            Console.Out.Write(Terminal.Leave);
            await end.CancelAsync();
            await keys;
        }
    }

    /// <summary>A server that is away is waited for: what was seen last stays, and the trouble is told.</summary>
    private static async Task<(WatchStatus Status, string? Trouble)> LookAgainAsync(
        Watch watch, WatchStatus before, CancellationToken cancellationToken)
    {
        try
        {
            return (await watch.LookAsync(WatchTable.RowsIn(watch.Rows), WatchTable.CellsShown, cancellationToken), null);
        }
        catch (CommandException exception)
        {
            return (before, exception.Message);
        }
    }

    private static async Task EndOnKeyAsync(CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested)
        {
            if (Console.KeyAvailable && Console.ReadKey(intercept: true).KeyChar is 'q' or 'Q')
            {
                await end.CancelAsync();
                return;
            }

            await Task.Delay(KeyPause, CancellationToken.None);
        }
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed partial class WatchTests(SharedServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Not_on_a_terminal_the_table_is_printed_once()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.ServeAsync("printed-once", backend, Token);
        var status = await server.Process.StatusAsync("printed-once", Token);

        var told = await server.Process.CommandAsync(Token, "watch", "--name", "PRINTED-ONCE");

        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Contains("load balancers 1  ", told.Output, StringComparison.Ordinal);
        Assert.Contains("instances 1 healthy 0 unhealthy  faults 0", told.Output, StringComparison.Ordinal);
        Assert.Contains($"printed-once ({status!.Account} {status.Region})", told.Output, StringComparison.Ordinal);
        Assert.Contains("HAProxy process", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', told.Output);
    }

    [Fact]
    public async Task Requests_and_open_connections_are_seen()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.ServeAsync("busy-watched", backend, Token);
        var url = await server.Process.TrafficUrlAsync("busy-watched", Token);
        var slow = Traffic.GetAsync(new Uri(url, "slow"), Token);
        await backend.SlowArrived.WaitAsync(Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await Traffic.GetAsync(url, Token);
                }
            },
            Token);

        await Wait.ForAsync(
            () => server.Process.CommandAsync(Token, "watch", "--name", "busy-watched"),
            told =>
                Sums().Match(told.Output) is { Success: true } sums
                    && int.Parse(sums.Groups[1].Value) > 0
                    && int.Parse(sums.Groups[2].Value) > 0,
            Token);

        await enough.CancelAsync();
        await asking;
        backend.Release();
        await slow;
    }

    [Fact]
    public async Task No_more_rows_are_shown_than_asked_for_and_those_with_nothing_in_service_come_first()
    {
        await using var backend = await Backend.StartAsync(Token);
        foreach (var name in new[] { "ranked-a", "ranked-b", "ranked-c" })
        {
            await server.Api.CreateWebAsync(name, backend.Port, Token);
        }

        await server.Api.RegisterAsync("ranked-c", $"{Ports.Network()}.1", Token);

        var told = await server.Process.CommandAsync(Token, "watch", "--name", "ranked", "--rows", "1");
        var refused = await server.Process.CommandAsync(Token, "watch", "--rows", "0");

        Assert.Contains("load balancers 3  ", told.Output, StringComparison.Ordinal);
        Assert.Contains("ranked-c", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ranked-a", told.Output, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--rows must be 1 to 1000.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--interval", "0", "--interval must be 1 to 3600.")]
    [InlineData("--interval", "soon", "--interval must be 1 to 3600.")]
    [InlineData("--rows", "1.5", "--rows must be 1 to 1000.")]
    public async Task What_is_no_number_in_range_is_refused_in_words(string option, string value, string words)
    {
        var refused = await server.Process.CommandAsync(Token, "watch", option, value);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_on_a_terminal_an_interval_prints_a_line_each_time_until_it_is_interrupted()
    {
        using var watch = Start(CloudLbProcess.Executable, "watch", "--interval", "1");
        var lines = new[] { await ReadLineAsync(watch), await ReadLineAsync(watch) };

        using var interrupt = Process.Start("kill", ["-INT", $"{watch.Id}"]);
        await watch.WaitForExitAsync(Token).WaitAsync(Patience, Token);

        Assert.All(lines, line => Assert.Matches("^[0-9-]+T[0-9:]+Z load balancers [0-9]+  requests/s ", line));
        Assert.Equal(0, watch.ExitCode);
    }

    [Fact]
    public async Task On_a_terminal_it_goes_on_until_q_and_leaves_the_screen_as_it_was()
    {
        using var watch = Start("script", "-qec", $"stty rows 30 cols 120; '{CloudLbProcess.Executable}' watch", "/dev/null");
        var screen = new StringBuilder();
        await ReadUntilAsync(watch, screen, text => text.Split("Press q to end.").Length > 2);

        await watch.StandardInput.WriteAsync("q");
        await watch.StandardInput.FlushAsync(Token);
        await ReadUntilAsync(watch, screen, text => text.Contains("\e[?1049l", StringComparison.Ordinal));
        await watch.WaitForExitAsync(Token).WaitAsync(Patience, Token);

        Assert.Equal(0, watch.ExitCode);
        Assert.Contains("\e[?1049h", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("load balancers ", screen.ToString(), StringComparison.Ordinal);
    }

    private Process Start(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CloudLb__DataDirectory"] = server.Process.DataDirectory;
        start.Environment["TERM"] = "xterm";
        return Process.Start(start)!;
    }

    private static async Task<string> ReadLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token) ?? "";

    private static async Task ReadUntilAsync(Process process, StringBuilder screen, Func<string, bool> isThere)
    {
        var buffer = new char[4096];
        while (!isThere(screen.ToString()))
        {
            var count = await process.StandardOutput.ReadAsync(buffer, Token).AsTask().WaitAsync(Patience, Token);
            Assert.True(count > 0, $"It ended after {screen}");
            screen.Append(buffer, 0, count);
        }
    }

    [GeneratedRegex("requests/s ([0-9]+)  sessions ([0-9]+)")]
    private static partial Regex Sums();
}

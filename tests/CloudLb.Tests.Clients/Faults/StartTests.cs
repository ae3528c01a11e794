using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A server that is told to end while it still starts.</summary>
public sealed class StartTests
{
    private const double LongestStart = 4;

    // What a shell makes of a process that has ended by SIGTERM: before anything was there that could have heard of it.
    private const int EndedBySignal = 128 + 15;

    [Fact]
    public async Task A_stop_while_it_starts_ends_it_cleanly_and_leaves_nothing_behind()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        await server.StopAsync(token);

        var rounds = Math.Min(FaultRounds.Count * 2, 40);
        for (var round = 1; round <= rounds; round++)
        {
            var ended = await server.StartAndEndAsync(TimeSpan.FromSeconds(LongestStart * round / rounds), token);
            Assert.True(
                ended.ExitCode is 0 or EndedBySignal && !ended.Error.Contains("Unhandled", StringComparison.Ordinal),
                $"{ended.ExitCode}: {ended.Output}{ended.Error}");
            Assert.Empty(server.HAProxyProcesses());
        }

        await server.StartAgainAsync(token);
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", token), 200, token));
    }
}

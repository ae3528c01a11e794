using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>
/// CloudLb, HAProxy or both killed at a random moment of random changes. Afterwards what was answered, what is stored and what HAProxy runs
/// are the same.
/// </summary>
public sealed class RandomKillTests
{
    private const int LongestRunMilliseconds = 400;

    [Theory]
    [InlineData("Child")]
    [InlineData("Attach")]
    public async Task What_was_answered_is_what_is_stored_and_what_runs(string mode)
    {
        var token = TestContext.Current.CancellationToken;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var changes = new RandomChanges(seed);
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:Mode", mode), ("Reconciler:ResyncInterval", "00:00:01"));
        var api = new ElbApi(server.Url);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var round = 0; round < (FaultRounds.Count + 1) / 2; round++)
        {
            using var stop = new CancellationTokenSource();
            var running = changes.RunAsync(api, stop.Token, token);
            var answered = changes.Answered;
            await Wait.ForAsync(() => Task.FromResult(changes.Answered), now => now > answered, token);
            await Task.Delay(random.Next(LongestRunMilliseconds), token);
            var what = random.Next(3);
            if (what != 1)
            {
                await server.KillAsync(token);
            }

            if (what != 0)
            {
                server.HAProxyProcesses().ToList().ForEach(CloudLbProcess.Kill);
            }

            if (what == 1)
            {
                await Task.Delay(random.Next(LongestRunMilliseconds), token);
            }

            await stop.CancelAsync();
            await running;
            if (what != 1)
            {
                await server.StartAgainAsync(token);
            }

            await IsTheSameAsync(server, await changes.CompareAsync(api, token), token);
        }
    }

    private static async Task IsTheSameAsync(
        CloudLbProcess server, IReadOnlyList<ModelLoadBalancer> loadBalancers, CancellationToken cancellationToken)
    {
        static string Name(ModelLoadBalancer loadBalancer) => $"{Account.First.Id}:{Account.Region}:{loadBalancer.Name}";
        var listeners = loadBalancers
            .SelectMany(loadBalancer => loadBalancer.Ports.Select(port => $"{Name(loadBalancer)}:{port}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        var members = loadBalancers
            .SelectMany(loadBalancer => loadBalancer.Instances.Select(instance => $"{Name(loadBalancer)}/{instance}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        try
        {
            await Wait.ForAsync(
                async () => (Wanted: (listeners, members), Run: await RunningHAProxy.ReadAsync(server, cancellationToken)),
                seen => seen.Run.Listeners.SequenceEqual(listeners) && seen.Run.Members.SequenceEqual(members),
                cancellationToken);
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(server.Output);
            throw;
        }
    }
}

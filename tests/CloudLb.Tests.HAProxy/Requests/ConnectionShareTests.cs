using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>What clients of one load balancer can do to those of another, and to each other, with connections alone.</summary>
public sealed class ConnectionShareTests
{
    // Two load balancers have a share of 25 each, and the rest is anybody's.
    private const int Share = 25;
    private const int OtherPort = 8090;

    private static readonly (string Name, string Value) Few = (nameof(HAProxyOptions.MaxConnections), "200");
    private static readonly (string Name, string Value) Patient = (nameof(HAProxyOptions.FirstRequestTimeout), "00:05:00");

    private static readonly IPAddress Friend = IPAddress.Loopback;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_connects_to_one_load_balancer_another_has_its_share(bool isTcp)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: [Few, Patient]);
        var attacked = Plans.LoadBalancer("attacked", instance.Planned());
        attacked = isTcp ? attacked.AsTcp() : attacked;
        attacked = attacked with { Listeners = [attacked.Listeners[0], attacked.Listeners[0] with { Port = OtherPort }] };
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(attacked, web);
        await running.IsPassingAsync(attacked, "i-1");
        await running.IsPassingAsync(web, "i-1");

        using var attack = new SilentConnections();
        OpenFromMany(attack, attacked);
        await Eventually.IsTrueAsync(() => attack.Ended > 0, "nothing but the shares left");

        await AllAnswerAsync(web, Share);
    }

    [Fact]
    public async Task What_an_older_process_passes_on_takes_no_share_either()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: [Few, Patient]);
        var attacked = Plans.LoadBalancer("attacked", instance.Planned());
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(attacked, web);
        await running.IsPassingAsync(attacked, "i-1");
        await running.IsPassingAsync(web, "i-1");
        await AllAnswerAsync(attacked, 3 * Share, async kept =>
        {
            attacked = attacked with { Listeners = [attacked.Listeners[0], attacked.Listeners[0] with { Port = OtherPort }] };
            await running.ApplyAsync(attacked, web);
            Assert.Equal(2, running.Generation);
            using var attack = new SilentConnections();
            OpenFromMany(attack, attacked);
            await Eventually.IsTrueAsync(() => attack.Ended > 0, "nothing but the shares left");

            // None of these would be answered until the instance says so.
            var asked = kept.Select(connection => connection.GetAsync("/silent")).ToList();

            // What is being refused is counted too, so there may be room for a few.
            await Eventually.IsTrueAsync(() => asked.Count(each => each.IsCompleted) > 2 * Share, "connections of the older process ended");
            await AllAnswerAsync(web, Share);
        });
    }

    [Fact]
    public async Task Silent_connections_are_closed_in_time_and_the_listener_serves_again()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(
            settings: [Few, (nameof(HAProxyOptions.FirstRequestTimeout), "00:00:01")]);
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromHours(1) }] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var silent = new SilentConnections();
        silent.Open(IPAddress.Parse("127.0.0.2"), new IPEndPoint(web.Address, Plans.Port), 300);

        await Eventually.IsTrueAsync(() => silent.Ended == 300, "all silent connections closed");

        await AllAnswerAsync(web, 1);
    }

    [Fact]
    public async Task One_source_of_silent_connections_is_bounded_and_those_who_ask_are_not()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(
            settings: [Few, Patient, (nameof(HAProxyOptions.MaxSilentConnectionsPerSource), "20")]);
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        await running.IsPassingAsync(web, "i-1");

        // Many users behind one address go far beyond the load balancer's share.
        await AllAnswerAsync(web, 3 * Share, async _ =>
        {
            using var silent = new SilentConnections();
            silent.Open(IPAddress.Parse("127.0.0.2"), new IPEndPoint(web.Address, Plans.Port), 60);

            // Each thread of the process may accept one more than the others have counted yet.
            await Eventually.IsTrueAsync(
                () => silent.Ended >= 40 - running.Options.ThreadsBeside(1),
                "20 silent connections of one source accepted and the others refused");
            await AllAnswerAsync(web, Share);
            Assert.InRange(silent.Ended, 1, 40);
        });
    }

    /// <summary>More than all that the process accepts: one source alone could not.</summary>
    private static void OpenFromMany(SilentConnections attack, PlannedLoadBalancer attacked)
    {
        for (var source = 2; source < 8; source++)
        {
            attack.Open(new IPAddress([127, 0, 0, (byte)source]), new IPEndPoint(attacked.Address, Plans.Port), Share);
            attack.Open(new IPAddress([127, 0, 0, (byte)source]), new IPEndPoint(attacked.Address, OtherPort), Share);
        }
    }

    /// <summary>Opens connections one after the other, each with a request that is answered, and holds all of them until the end.</summary>
    private static async Task AllAnswerAsync(
        PlannedLoadBalancer loadBalancer, int count, Func<IReadOnlyList<KeptConnection>, Task>? meanwhile = null)
    {
        var connections = new List<KeptConnection>();
        try
        {
            for (var number = 0; number < count; number++)
            {
                connections.Add(await KeptConnection.OpenAsync(loadBalancer, source: Friend));
                Assert.Equal((200, "i-1"), await connections[^1].GetAsync());
            }

            await (meanwhile?.Invoke(connections) ?? Task.CompletedTask);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }
}

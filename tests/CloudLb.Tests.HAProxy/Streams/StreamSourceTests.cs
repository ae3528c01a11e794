using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Connections of a listener without HTTP are given to several pools by their clients' addresses.</summary>
public sealed class StreamSourceTests
{
    [Fact]
    public async Task A_client_stays_with_a_pool_where_its_address_decides_and_clients_are_given_out_by_the_weights()
    {
        await using var pools = await ThreePools.StartAsync();
        var before = await RunningDataPlane.StartAsync();
        await before.ApplyAsync(BySource(1, 2, 1));
        Assert.Empty(before.DataPlane.Faults);
        await ThreePools.UpAsync(before, 3);
        var clients = Enumerable.Range(0, 200).Select(number => new IPAddress([127, 77, 1, (byte)(number + 1)])).ToList();
        var first = await AnswersAsync();
        Assert.Equal(first, await AnswersAsync());

        // A quarter, a half and a quarter of 200, and five times the deviation of such numbers to either side.
        Assert.InRange(first.Count(id => id == "i-1"), 20, 80);
        Assert.InRange(first.Count(id => id == "i-2"), 65, 135);
        Assert.InRange(first.Count(id => id == "i-3"), 20, 80);

        // Weights change at run time here too, and whose pool keeps a part as large as before stays there.
        await before.ApplyAsync(BySource(1, 0, 3));
        var moved = await AnswersAsync();
        Assert.DoesNotContain("i-2", moved);
        Assert.All(first.Zip(moved).Where(pair => pair.First == "i-1"), pair => Assert.Equal("i-1", pair.Second));
        Assert.Equal(1, before.Generation);
        await before.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(before.Directory);
        await running.ApplyAsync(BySource(1, 0, 3));
        Assert.Equal(1, running.Generation);
        Assert.Equal(moved, await AnswersAsync());

        PlannedLoadBalancer BySource(int one, int two, int three) => pools.Net with
        {
            Listeners =
            [
                ThreePools.Listener(0, 0, 0) with
                {
                    DefaultAction = new PlannedAction.Forward([new("one", one), new("two", two), new("three", three)])
                    {
                        IsBySource = true,
                    },
                },
            ],
        };

        Task<string[]> AnswersAsync() => Task.WhenAll(clients.Select(client => AnswerAsync(client, pools.Net)));
    }

    /// <summary>Who answers a client with that address.</summary>
    private static async Task<string> AnswerAsync(IPAddress client, PlannedLoadBalancer net)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(client, 0));
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler);
        return await http.GetStringAsync(net.Url(), TestContext.Current.CancellationToken);
    }
}

using System.Net;
using CloudLb.AwsApi;
using CloudLb.Server.Connections;
using CloudLb.Tests.Unit.AwsApi;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudLb.Tests.Unit.Connections;

/// <summary>Whose connection is closed when there are too many, and whose never.</summary>
public sealed class ConnectionGuardTests : IDisposable
{
    private readonly ManualClock _clock = new(DemoServer.Noon);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ConnectionGuard> _guards = [];

    public void Dispose()
    {
        _end.SetResult();
        _guards.ForEach(guard => guard.Dispose());
    }

    [Fact]
    public async Task A_source_with_too_many_unknown_connections_loses_its_oldest_and_others_none()
    {
        var guard = Guard(perSource: 3);
        var other = Open(guard, "192.0.2.9");
        var connections = Enumerable.Range(0, 5).Select(_ => Open(guard, "192.0.2.1")).ToList();

        await ClosedAsync(connections[0]);
        await ClosedAsync(connections[1]);
        Assert.DoesNotContain(connections[2..].Append(other), IsClosed);
    }

    [Fact]
    public async Task Who_has_asked_a_whole_question_goes_after_those_who_have_asked_nothing_or_hold_back_their_body()
    {
        var guard = Guard(perSource: 3);
        var connections = Enumerable.Range(0, 3).Select(_ => Open(guard, "192.0.2.1")).ToList();
        connections[0].Features.Get<GuardedConnection>()!.RequestBegins(hasBody: false);
        connections[1].Features.Get<GuardedConnection>()!.RequestBegins(hasBody: true);
        Open(guard, "192.0.2.1");
        await ClosedAsync(connections[1]);
        Open(guard, "192.0.2.1");
        await ClosedAsync(connections[2]);

        Assert.False(IsClosed(connections[0]));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public async Task Addresses_that_one_caller_has_are_one_source(string first, string second, bool isOne)
    {
        var guard = Guard(perSource: 1);
        var connection = Open(guard, first);
        var next = Open(guard, second);

        if (isOne)
        {
            await ClosedAsync(connection);
        }

        Assert.Equal(isOne, IsClosed(connection));
        Assert.False(IsClosed(next));
    }

    [Fact]
    public async Task Whoever_has_signed_once_counts_no_longer_and_is_not_closed_for_the_unknown()
    {
        var guard = Guard(perSource: 2, unverified: 3);
        var known = Enumerable.Range(0, 6).Select(_ => Open(guard, "192.0.2.1", isSigned: true)).ToList();
        var unknown = Enumerable.Range(0, 4).Select(number => Open(guard, $"192.0.2.{number + 10}")).ToList();

        await ClosedAsync(unknown[0]);
        Assert.DoesNotContain(known.Concat(unknown[1..]), IsClosed);
    }

    [Fact]
    public async Task When_the_known_have_all_the_longest_unused_makes_room_and_a_call_under_way_is_never_cut()
    {
        var guard = Guard(max: 4);
        var busy = Open(guard, "192.0.2.1", isSigned: true, isAnswering: true);
        var idle = Enumerable.Range(0, 3).Select(_ => Open(guard, "192.0.2.1", isSigned: true)).ToList();
        var next = Open(guard, "192.0.2.2");

        await ClosedAsync(idle[0]);
        Assert.DoesNotContain(idle[1..].Append(busy).Append(next), IsClosed);
    }

    [Fact]
    public async Task A_known_connection_whose_present_request_is_not_signed_yet_makes_room_like_an_idle_one()
    {
        var guard = Guard(max: 2);
        var holding = Open(guard, "192.0.2.1", isSigned: true);
        holding.Features.Get<GuardedConnection>()!.RequestBegins(hasBody: false);
        Open(guard, "192.0.2.1", isSigned: true, isAnswering: true);
        Open(guard, "192.0.2.2");

        await ClosedAsync(holding);
    }

    [Fact]
    public async Task An_unknown_connection_without_a_request_is_closed_in_time_and_one_that_is_answered_is_not()
    {
        var guard = Guard();
        var silent = Open(guard, "192.0.2.1");
        var known = Open(guard, "192.0.2.2", isSigned: true);
        var answered = Open(guard, "192.0.2.3");
        answered.Features.Get<GuardedConnection>()!.RequestBegins(hasBody: false);
        _clock.Now += TimeSpan.FromSeconds(11);

        await ClosedAsync(silent);
        Assert.False(IsClosed(known) || IsClosed(answered));

        _clock.Now += TimeSpan.FromMinutes(3);
        await ClosedAsync(answered);
    }

    [Fact]
    public async Task Connections_that_have_ended_leave_their_places()
    {
        var guard = Guard(perSource: 1, max: 2);
        for (var time = 0; time < 10; time++)
        {
            var connection = Context("192.0.2.1");
            await guard.WatchAsync(connection, _ => Task.CompletedTask);
        }

        Assert.False(IsClosed(Open(guard, "192.0.2.1")));
    }

    private static bool IsClosed(ConnectionContext connection) => connection.ConnectionClosed.IsCancellationRequested;

    private static async Task ClosedAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!IsClosed(connection))
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static DefaultConnectionContext Context(string address) =>
        new() { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 4711) };

    private DefaultConnectionContext Open(ConnectionGuard guard, string address, bool isSigned = false, bool isAnswering = false)
    {
        var connection = Context(address);
        _ = guard.WatchAsync(connection, _ => _end.Task);
        var guarded = connection.Features.Get<GuardedConnection>()!;
        if (isSigned)
        {
            guarded.RequestBegins(hasBody: false);
            connection.Features.Get<ICallerConnection>()!.CallIsVerified();
        }

        if (isSigned && !isAnswering)
        {
            guarded.RequestEnds();
        }

        return connection;
    }

    private ConnectionGuard Guard(int perSource = 1000, int unverified = 1000, int max = 10_000)
    {
        var options = new ConnectionOptions { MaxUnverifiedPerSource = perSource, MaxUnverified = unverified };
        _guards.Add(new(options, max, _clock, NullLogger<ConnectionGuard>.Instance));
        return _guards[^1];
    }
}

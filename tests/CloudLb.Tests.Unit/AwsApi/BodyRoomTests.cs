using System.Net;
using CloudLb.AwsApi.Requests;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Who gets room for a body, who waits and who has to give it up.</summary>
public sealed class BodyRoomTests
{
    private const int Mebibyte = 1024 * 1024;
    private const int Small = RequestLimits.SmallBody;

    /// <summary>2 MiB for small bodies; 6 for larger ones, of which 2 for each source.</summary>
    private readonly BodyRoom _room = new(8 * Mebibyte);

    [Fact]
    public async Task A_source_that_has_its_share_waits_and_others_do_not()
    {
        using var first = await TakeAsync(Mebibyte, 1);
        var second = await TakeAsync(Mebibyte, 1);
        var third = TakeAsync(Mebibyte, 1);

        using var other = await TakeAsync(Mebibyte, 2);
        Assert.False(third.IsCompleted);

        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task When_all_is_taken_each_waits_in_turn_and_the_bound_holds()
    {
        var held = new Queue<BodyLease>();
        for (var source = 1; source <= 6; source++)
        {
            held.Enqueue(await TakeAsync(Mebibyte, source));
        }

        var seventh = TakeAsync(Mebibyte, 7);
        var eighth = TakeAsync(Small + 1, 8);
        Assert.False(seventh.IsCompleted || eighth.IsCompleted);

        held.Dequeue().Dispose();
        held.Enqueue(await seventh);
        Assert.False(eighth.IsCompleted);
        Assert.Equal(6 * Mebibyte, _room.Taken);

        held.Dequeue().Dispose();
        held.Enqueue(await eighth);
        foreach (var lease in held)
        {
            lease.Dispose();
        }

        Assert.Equal(0, _room.Taken);
    }

    [Fact]
    public async Task Who_no_longer_waits_leaves_nothing_behind()
    {
        using var first = await TakeAsync(Mebibyte, 1);
        using var second = await TakeAsync(Mebibyte, 1);
        using var patience = new CancellationTokenSource();
        var third = _room.TakeAsync(Mebibyte, Source(1), patience.Token).AsTask();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal(2 * Mebibyte, _room.Taken);
        first.Dispose();
        Assert.Equal(Mebibyte, _room.Taken);
    }

    [Fact]
    public async Task A_small_body_never_waits_and_the_oldest_that_has_not_come_is_given_up()
    {
        var held = new List<BodyLease>();
        for (var number = 0; number < 2 * Mebibyte / Small; number++)
        {
            held.Add(await TakeAsync(Small, number % 200));
        }

        Assert.DoesNotContain(held, lease => lease.Displaced.IsCancellationRequested);

        using var one = await TakeAsync(200, 201);
        Assert.Equal([held[0]], held.Where(lease => lease.Displaced.IsCancellationRequested));
        Assert.False(one.Displaced.IsCancellationRequested);
    }

    private Task<BodyLease> TakeAsync(int length, int source) =>
        _room.TakeAsync(length, Source(source), TestContext.Current.CancellationToken).AsTask();

    private static IPAddress Source(int number) => new([192, 0, 2, (byte)number]);
}

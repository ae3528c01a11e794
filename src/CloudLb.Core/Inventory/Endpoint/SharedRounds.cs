namespace CloudLb.Core.Inventory;

/// <summary>
/// Does one piece of work for many callers, one round after the other: each caller gets a round that began after it came, never the one
/// under way.
/// </summary>
internal sealed class SharedRounds(Func<Task> round)
{
    private readonly Lock _changing = new();
    private Task _underWay = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends with the next round, and fails with it; all who come before it begins share it.</summary>
    public Task NextAsync()
    {
        lock (_changing)
        {
            return _next ??= RunAsync(_underWay);
        }
    }

    private async Task RunAsync(Task before)
    {
        // The caller goes on at once, and the round has its place before it asks for it below.
        await Task.Yield();
        await before.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        lock (_changing)
        {
            _underWay = _next!;
            _next = null;
        }

        await round();
    }
}

using Microsoft.Extensions.Hosting;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Looks after the database's files also while nobody changes anything, so that a deleted one is told before a change meets it.
/// </summary>
internal sealed class DatabaseWatch(SqliteStore store, TimeProvider? clock = null) : BackgroundService
{
    // Three questions to the system, some microseconds.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock ?? TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            store.LookAtFiles();
        }
    }
}

using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>Looks at what goes on, again and again.</summary>
/// <param name="control">The running server.</param>
/// <param name="namePart">Leaves out load balancers whose name does not contain it; null for all.</param>
/// <param name="rows">How many load balancers are shown at most; null for as many as there is room for.</param>
/// <param name="interval">From one look to the next.</param>
internal sealed class Watch(ControlClient control, string? namePart, int? rows, TimeSpan interval)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    public int? Rows => rows;

    public DateTimeOffset Time => _clock.GetUtcNow();

    public Task<WatchStatus> LookAsync(int rows, int cells, CancellationToken cancellationToken) =>
        control.WatchAsync(namePart, rows, cells, cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(interval, _clock, cancellationToken);
}

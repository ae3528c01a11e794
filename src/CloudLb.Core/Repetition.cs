namespace CloudLb.Core;

/// <summary>What a background service does over and over, for as long as it runs.</summary>
public static class Repetition
{
    /// <summary>Acts, and acts again an interval after that has ended, until it is cancelled. A failure ends nothing.</summary>
    /// <param name="clock">What the interval is measured with.</param>
    /// <param name="interval">How long to wait between two acts.</param>
    /// <param name="act">What is done.</param>
    /// <param name="tell">Given the first of several failures in a row, and none of the others.</param>
    /// <param name="stoppingToken">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public static async Task RepeatAsync(
        this TimeProvider clock, TimeSpan interval, Func<CancellationToken, Task> act, Action<Exception> tell,
        CancellationToken stoppingToken)
    {
        var hasFailed = false;
        while (true)
        {
            try
            {
                await act(stoppingToken);
                hasFailed = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!hasFailed)
                {
                    hasFailed = true;
                    tell(exception);
                }
            }

            await Task.Delay(interval, clock, stoppingToken);
        }
    }
}

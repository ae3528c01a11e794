namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>Waits for what another thread will do.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Not there after {Patience.TotalSeconds} s: {what}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}

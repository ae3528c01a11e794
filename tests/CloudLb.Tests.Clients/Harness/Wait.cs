using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Waits for something to become true, and fails with what was seen last when it does not.</summary>
internal static class Wait
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> ForAsync<T>(Func<Task<T>> look, Func<T, bool> isRight, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isRight(seen))
            {
                return seen;
            }

            Assert.True(watch.Elapsed < Patience, $"Waited {watch.Elapsed.TotalSeconds:0} s in vain; seen last: {Text(seen)}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static string Text(object? seen) => seen switch
    {
        string text => text,
        ITuple tuple => $"({string.Join("; ", Enumerable.Range(0, tuple.Length).Select(item => Text(tuple[item])))})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Text))}]",
        _ => $"{seen}",
    };
}

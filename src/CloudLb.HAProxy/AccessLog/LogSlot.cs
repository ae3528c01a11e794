namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// Which of a process's log files a listener writes to. A logged listener is served by one thread, and each of those threads has a file of its own:
/// HAProxy drops a line when two threads want to write to the same one (2.6.12: 11 of 80,000), and with one thread to a file it never does.
/// </summary>
/// <param name="Thread">The thread, counted from 1.</param>
internal readonly record struct LogSlot(int Thread)
{
    /// <summary>The first descriptor that a process is started with for its log.</summary>
    private const int FirstDescriptor = 3;

    /// <summary>A POSIX shell can open descriptors 3 to 9.</summary>
    private const int Most = 7;

    public int Descriptor => FirstDescriptor + Thread - 1;

    /// <summary>The slots of a process.</summary>
    /// <param name="threads">The threads that it has.</param>
    public static IReadOnlyList<LogSlot> All(int threads) => [.. Enumerable.Range(1, Math.Min(threads, Most)).Select(thread => new LogSlot(thread))];

    /// <summary>The same for the same listener in every process, and spread evenly over them.</summary>
    /// <param name="listener">The frontend's name.</param>
    /// <param name="threads">The threads of each process.</param>
    public static LogSlot Of(string listener, int threads)
    {
        // FNV-1a: .NET's own hash of a text differs from process to process.
        var hash = listener.Aggregate(2_166_136_261u, (hash, character) => (hash ^ character) * 16_777_619u);
        return new((int)(hash % (uint)Math.Min(threads, Most)) + 1);
    }
}

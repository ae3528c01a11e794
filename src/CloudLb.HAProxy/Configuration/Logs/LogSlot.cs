using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// One of a process's log files. A logged listener has a frontend for each thread, all on one address, and each thread has a file of its
/// own: HAProxy drops a line when two threads want to write to the same one (2.6.12: 11 of 80,000), and with one thread to a file it never
/// does. The system divides new connections among the frontends.
/// </summary>
/// <param name="Thread">The thread, counted from 1.</param>
internal readonly record struct LogSlot(int Thread)
{
    /// <summary>The first descriptor that a process is started with for its log.</summary>
    private const int FirstDescriptor = 3;

    /// <summary>A POSIX shell can open descriptors 3 to 9.</summary>
    private const int Most = 7;

    public int Descriptor => FirstDescriptor + Thread - 1;

    /// <summary>The slots of a process. Threads beyond them serve listeners without a log.</summary>
    /// <param name="threads">The threads that it has.</param>
    public static IReadOnlyList<LogSlot> All(int threads) =>
        [.. Enumerable.Range(1, Math.Min(threads, Most)).Select(thread => new LogSlot(thread))];

    /// <summary>The frontends of a load balancer's listener.</summary>
    /// <param name="loadBalancer">Whose the listener is.</param>
    /// <param name="port">The listener's.</param>
    /// <param name="threads">The threads of the process.</param>
    public static IEnumerable<string> Frontends(PlannedLoadBalancer loadBalancer, int port, int threads) =>
        loadBalancer.Listeners.Any(listener => listener.Port == port && LogSections.IsAny(loadBalancer, listener))
        ? All(threads).Select(slot => ProxyName.OfListener(loadBalancer.Id, port, slot.Thread))
        : [ProxyName.OfListener(loadBalancer.Id, port)];
}

using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What waits for a member that has as many as it is given, and what is refused since too much waits already.</summary>
/// <remarks>
/// Tried with 2.6.12: exactly the limit is kept. A denied request is counted in the pool and answered with the error file of 503, which a
/// request that a rule answers with <c>return</c> is not; a rejected connection is counted at the listener. Without a time of its own the
/// queue has that of connecting.
/// </remarks>
internal static class SurgeQueueLines
{
    /// <summary>AWS's: the surge queue has at most 1,024.</summary>
    private const int Length = 1024;

    public static void Write(ConfigText text, string name, PlannedPool pool)
    {
        if (pool.MaxConnectionsPerMember == 0)
        {
            return;
        }

        text.Line("timeout").Word("queue").Milliseconds(pool.IdleTimeout);
        var line = pool.Mode == TrafficMode.Http
            ? text.Line("http-request").Constant("deny deny_status 503")
            : text.Line("tcp-request").Constant("content reject");
        line.Constant("if {").Constant($"queue({Naming.Name.Checked(name)})").Constant("ge").Number(Length).Word("}");
    }
}

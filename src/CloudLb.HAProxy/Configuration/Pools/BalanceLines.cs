using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Which server is given what comes next.</summary>
internal static class BalanceLines
{
    /// <summary>What the defaults of a pool say, so that a pool like most need not say it.</summary>
    public static PoolBalance UsualOf(TrafficMode mode) => mode == TrafficMode.Http ? PoolBalance.LeastOutstanding : PoolBalance.RoundRobin;

    public static void Write(ConfigText text, PoolBalance balance)
    {
        text.Line("balance").Word(balance switch
        {
            PoolBalance.RoundRobin => "roundrobin",
            PoolBalance.LeastOutstanding => "leastconn",
            PoolBalance.Random => "random(1)",
            PoolBalance.Source => "source",
            _ => throw new ArgumentOutOfRangeException(nameof(balance), balance, "HAProxy has no such algorithm."),
        });
        if (balance == PoolBalance.Source)
        {
            // So that a member that comes or goes moves no client of the others.
            text.Line("hash-type").Word("consistent");
        }
    }
}

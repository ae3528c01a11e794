using CloudLb.Core.Accounts;

namespace CloudLb.Core.Traffic.Told;

/// <summary>
/// What one API tells an operator of its load balancers, in its own words. Each API has one. Safe to call from any thread; answers from
/// memory.
/// </summary>
public interface IToldLoadBalancers
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Those whose name is asked for, in the order of account, region and name.</summary>
    IEnumerable<ToldLoadBalancer> Read(Func<string, bool> isAsked);

    /// <summary>Null when there is none of that name.</summary>
    ToldLoadBalancer? Find(AccountId account, string region, string name);

    /// <summary>Why an instance is in service, or not; null when the load balancer is gone.</summary>
    ToldReasons? Explain(ToldQuestion question);
}

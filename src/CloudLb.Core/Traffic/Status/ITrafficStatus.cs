using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Status;

/// <summary>What a data plane tells an operator of itself. Each is safe to call from any thread.</summary>
public interface ITrafficStatus
{
    /// <summary>The data plane's name, as it stands in sentences: <c>HAProxy</c>.</summary>
    string Engine { get; }

    /// <summary>The processes that serve. Answers from memory.</summary>
    IReadOnlyList<EngineProcess> Processes { get; }

    /// <summary>What the processes say of a load balancer now; null when it is not planned yet. Asks them.</summary>
    Task<ServedLoadBalancer?> ReadAsync(LoadBalancerId loadBalancer, CancellationToken cancellationToken);

    /// <summary>
    /// What the last check of each member of a pool came to, as far as it is known; empty when nothing can be asked. Asks the process.
    /// </summary>
    /// <param name="loadBalancer">Whose pool it is.</param>
    /// <param name="pool">Its name in the plan.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IReadOnlyDictionary<MemberId, CheckAnswer>> ReadChecksAsync(
        LoadBalancerId loadBalancer, string pool, CancellationToken cancellationToken);

    /// <summary>What goes through the listeners of each load balancer now. Asks all processes.</summary>
    Task<IReadOnlyDictionary<LoadBalancerId, ListenerActivity>> ReadActivityAsync(CancellationToken cancellationToken);

    /// <summary>A sentence for each process that is needed and does not answer in this time, or is not there. Asks all processes.</summary>
    Task<IReadOnlyList<string>> FindSilentAsync(TimeSpan patience, CancellationToken cancellationToken);
}

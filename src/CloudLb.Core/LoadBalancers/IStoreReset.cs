namespace CloudLb.Core.LoadBalancers;

/// <summary>Empties the store, for a server that keeps nothing.</summary>
public interface IStoreReset
{
    /// <summary>
    /// Removes every load balancer and certificate and every access key that was made, and gives those that the settings name back the
    /// state that they began with. Returns when it is done, as one change.
    /// </summary>
    Task ResetAsync(CancellationToken cancellationToken);
}

namespace CloudLb.Core.Resources;

/// <summary>Empties the store, for a server that keeps nothing.</summary>
public interface IStoreReset
{
    /// <summary>Removes every resource of every kind. Returns when it is done, as one change.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}

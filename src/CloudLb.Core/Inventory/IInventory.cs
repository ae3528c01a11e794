namespace CloudLb.Core.Inventory;

/// <summary>
/// Where instances are: an id of the inventory file or of an EC2 endpoint, a literal address, or a host name; and which networks and groups
/// there are.
/// </summary>
public interface IInventory
{
    /// <summary>
    /// Looks an id up, asking the file, the endpoint or the resolver again where that could change the answer; null when nothing is there
    /// by that id.
    /// </summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    ValueTask<InventoryInstance?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>What is known of an id without looking anywhere: the last answer.</summary>
    InventoryInstance? Known(string instanceId);

    /// <summary>Asks the endpoint for all of these that are not known, in one go: whoever looks up several does so first.</summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    ValueTask LookUpAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken);

    /// <summary>Asks the endpoint for the networks of a region where these subnets and groups, or any at all, are not known.</summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    ValueTask LookUpNetworksAsync(string region, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Whether the endpoint has said that the instance is gone for good: its address may be another's by now.</summary>
    bool IsTerminated(string instanceId);

    /// <summary>Whether the endpoint has said that the instance is off for now: it keeps its address, and nobody answers there.</summary>
    bool IsStopped(string instanceId);

    /// <summary>Whether the endpoint has said that the instance does not run yet.</summary>
    bool IsPending(string instanceId);

    /// <summary>Whether nothing is to be sent to the instance, terminated or stopped.</summary>
    bool IsOff(string instanceId) => IsTerminated(instanceId) || IsStopped(instanceId);

    /// <summary>The ids that <see cref="IsTerminated"/> holds for and that are still known.</summary>
    IReadOnlyList<string> Terminated { get; }

    /// <summary>Everything that the inventory file and the endpoint list.</summary>
    InventoryContent Listed { get; }

    /// <summary>Another number whenever an answer of <see cref="Known"/> or <see cref="Listed"/> may have become another.</summary>
    long Version { get; }
}

namespace CloudLb.Core.Inventory;

/// <summary>Where instances are: an id of the inventory file, a literal address, or a host name.</summary>
public interface IInventory
{
    /// <summary>Looks an id up, asking the file or the resolver again where that could change the answer; null when nothing is there by that id.</summary>
    ValueTask<InventoryInstance?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>What is known of an id without looking anywhere: the last answer.</summary>
    InventoryInstance? Known(string instanceId);

    /// <summary>Another number whenever an answer of <see cref="Known"/> may have become another.</summary>
    long Version { get; }
}

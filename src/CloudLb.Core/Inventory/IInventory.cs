namespace CloudLb.Core.Inventory;

/// <summary>Where instances are: an id of the inventory file, a literal address, or a host name; and which networks and groups the file lists.</summary>
public interface IInventory
{
    /// <summary>Looks an id up, asking the file or the resolver again where that could change the answer; null when nothing is there by that id.</summary>
    ValueTask<InventoryInstance?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>What is known of an id without looking anywhere: the last answer.</summary>
    InventoryInstance? Known(string instanceId);

    /// <summary>Everything that the inventory file lists.</summary>
    InventoryContent Listed { get; }

    /// <summary>Another number whenever an answer of <see cref="Known"/> or <see cref="Listed"/> may have become another.</summary>
    long Version { get; }
}

using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Tests.Unit.LoadBalancers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.Unit.Inventory;

/// <summary>The inventory over a file that the test writes.</summary>
internal sealed class FileInventory : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cloudlb-").FullName;
    private readonly string _path;
    private int _writes;

    public FileInventory(IResourceStore? store = null)
    {
        _path = Path.Combine(_directory, "inventory.json");
        Inventory = new(
            new(_path, NullLogger<InventoryFileReader>.Instance), store
                ?? new MemoryResources(), Changes, Options.Create(new InventoryOptions()),
            TimeProvider.System, NullLogger<Core.Inventory.Inventory>.Instance);
    }

    public ChangeSignal Changes { get; } = new();

    public Core.Inventory.Inventory Inventory { get; }

    /// <summary>Writes the file and has the inventory read it.</summary>
    public async Task WriteAsync(string json)
    {
        await File.WriteAllTextAsync(_path, json, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 1, 2, 12, 0, _writes++, DateTimeKind.Utc));
        await Inventory.FindAsync("i-0", TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Inventory.Dispose();
        Changes.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}

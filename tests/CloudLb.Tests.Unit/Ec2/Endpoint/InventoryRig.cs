using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Ec2.Endpoint;
using CloudLb.Tests.Unit.AwsApi;
using CloudLb.Tests.Unit.LoadBalancers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sample = CloudLb.Tests.Unit.LoadBalancers.Sample;

namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>An EC2 endpoint with given answers, and inventories that ask it and keep what it says in one directory.</summary>
internal sealed class InventoryRig : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cloudlb-").FullName;
    private readonly ChangeSignal _changes = new();
    private readonly List<IDisposable> _made = [];

    private InventoryRig(CannedEc2 ec2) => Ec2 = ec2;

    public CannedEc2 Ec2 { get; }

    public MemoryResources Store { get; } = new();

    public ManualClock Clock { get; } = new(Sample.Noon);

    /// <summary>The operator's own inventory.</summary>
    public string InventoryFile => Path.Combine(_directory, "inventory.json");

    /// <summary>What is kept of the endpoint's answers.</summary>
    public string KeptFile => Path.Combine(_directory, EndpointInventory.FileName);

    public static async Task<InventoryRig> StartAsync() => new(await CannedEc2.StartAsync());

    /// <summary>An inventory that has asked nothing yet, as after a start.</summary>
    /// <param name="timeout">How long it waits for an answer; 30 seconds if nothing is said.</param>
    public (EndpointInventory Endpoint, Core.Inventory.Inventory Inventory) Make(TimeSpan? timeout = null)
    {
        var options = Options.Create(
            new InventoryOptions { Ec2Endpoint = "http://ec2/", Ec2Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        var client = new Ec2Endpoint(Ec2.Options, TimeProvider.System);
        var file = new InventoryFileReader(InventoryFile, NullLogger<InventoryFileReader>.Instance);
        var endpoint = new EndpointInventory(
            client, _directory, file, Store, _changes, options, Clock, NullLogger<EndpointInventory>.Instance);
        var inventory = new Core.Inventory.Inventory(
            file, Store, _changes, options, Clock, NullLogger<Core.Inventory.Inventory>.Instance, endpoint);
        _made.AddRange([inventory, endpoint, client]);
        return (endpoint, inventory);
    }

    public async ValueTask DisposeAsync()
    {
        _made.ForEach(one => one.Dispose());
        _changes.Dispose();
        await Ec2.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

using System.Net;

namespace CloudLb.Tests.Unit.Inventory;

public sealed class InventoryTests : IDisposable
{
    private readonly FileInventory _file = new();

    private Core.Inventory.Inventory Inventory => _file.Inventory;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("i-1", "10.0.0.1", "us-east-1a")]
    [InlineData("10.0.0.7", "10.0.0.7", null)]
    [InlineData("fd00::7", "fd00::7", null)]
    [InlineData("10.0.0.9", "10.9.9.9", null)]
    [InlineData("web.local", "10.0.0.8", null)]
    public async Task An_id_is_looked_for_in_the_file_first_and_then_read_as_an_address(string id, string address, string? zone)
    {
        await _file.WriteAsync("""
            { "i-1": { "address": "10.0.0.1", "zone": "us-east-1a" }, "10.0.0.9": "10.9.9.9", "web.local": "10.0.0.8" }
            """);

        Assert.Equal(new(id, IPAddress.Parse(address), zone), await Inventory.FindAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(new(id, IPAddress.Parse(address), zone), Inventory.Known(id));
    }

    [Theory]
    [InlineData("i-2")]
    [InlineData("I-1 ")]
    [InlineData("0.0.0.0")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../i-1")]
    public async Task An_id_that_is_nothing_of_it_is_not_known(string id) =>
        Assert.Null(await Inventory.FindAsync(id, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_host_name_is_known_once_the_resolver_knew_it()
    {
        Assert.Null(Inventory.Known("localhost"));
        var found = await Inventory.FindAsync("localhost", TestContext.Current.CancellationToken);

        Assert.True(IPAddress.IsLoopback(found!.Address));
        Assert.Equal(found, Inventory.Known("localhost"));
    }

    [Fact]
    public async Task A_changed_file_is_another_version_and_raises_the_signal_and_a_broken_one_does_not()
    {
        await _file.WriteAsync("""{ "i-1": "10.0.0.1" }""");
        var version = Inventory.Version;
        Assert.Equal(1, version);
        await _file.Changes.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);

        await _file.WriteAsync("""{ "i-1": """);
        Assert.Equal(version, Inventory.Version);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), Inventory.Known("i-1")!.Address);

        await _file.WriteAsync("""{ "i-1": "10.0.0.2" }""");
        Assert.Equal(version + 1, Inventory.Version);
        Assert.Equal(IPAddress.Parse("10.0.0.2"), Inventory.Known("i-1")!.Address);
    }
}

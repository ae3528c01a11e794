using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>A server with AWS's own quotas and DNS suffix, the fixtures' inventory, and an account for each fixture.</summary>
public sealed class FixtureServer : IAsyncLifetime
{
    private const string SharedInventory = "inventory.json";

    private readonly Dictionary<string, CloudLbProcess> _processes = [];

    /// <summary>Where a fixture is replayed: most share a server; one with an inventory of its own has a server of its own.</summary>
    internal Uri UrlFor(string fixture)
    {
        Installed.HAProxyOrSkip();
        return _processes.GetValueOrDefault(InventoryOf(fixture), _processes[SharedInventory]).Url;
    }

    /// <summary>An account of the fixture's own, the same however many fixtures there are: what an answer shows may follow from it.</summary>
    internal static Account AccountOf(string fixture)
    {
        var number = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(fixture)));
        return new((300_000_000_000 + number).ToString(CultureInfo.InvariantCulture), $"AKIDFIXTURE{number}", Account.First.SecretAccessKey);
    }

    public async ValueTask InitializeAsync()
    {
        if (!Installed.IsHAProxyThere)
        {
            return;
        }

        await StartAsync(SharedInventory, Fixture.Names);
        foreach (var fixture in Fixture.Names.Where(fixture => File.Exists(Path.Combine(SourceFolder.Fixtures, InventoryOf(fixture)))))
        {
            await StartAsync(InventoryOf(fixture), [fixture]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            await process.DisposeAsync();
        }
    }

    private static string InventoryOf(string fixture) => $"{fixture}.inventory.json";

    private async Task StartAsync(string inventory, IReadOnlyList<string> fixtures)
    {
        var keys = fixtures.Select(AccountOf).SelectMany((account, index) => new[]
        {
            ($"AccessKeys:{index + 1}:AccountId", account.Id),
            ($"AccessKeys:{index + 1}:AccessKeyId", account.AccessKeyId),
            ($"AccessKeys:{index + 1}:SecretAccessKey", account.SecretAccessKey),
        });
        _processes[inventory] = await CloudLbProcess.StartAsync(
            TestContext.Current.CancellationToken,
            [
                ("DnsSuffix", "elb.amazonaws.com"),
                ("AddressPool", $"{Ports.Network()}.0/24,{Ports.Network()}.0/24"),
                ("Quotas:classic-load-balancers", "20"),
                ("Quotas:classic-listeners", "100"),
                ("Quotas:classic-registered-instances", "1000"),
                ("Inventory:File", Path.Combine(SourceFolder.Fixtures, inventory)),
                .. keys,
            ]);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>A server with AWS's own quotas and DNS suffix, the fixtures' inventory, and an account for each fixture.</summary>
public sealed class FixtureServer : IAsyncLifetime
{
    private CloudLbProcess? _process;

    internal Uri Url
    {
        get
        {
            Installed.HAProxyOrSkip();
            return _process!.Url;
        }
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

        var keys = Fixture.Names.Select(AccountOf).SelectMany((account, index) => new[]
        {
            ($"AccessKeys:{index + 1}:AccountId", account.Id),
            ($"AccessKeys:{index + 1}:AccessKeyId", account.AccessKeyId),
            ($"AccessKeys:{index + 1}:SecretAccessKey", account.SecretAccessKey),
        });
        _process = await CloudLbProcess.StartAsync(
            TestContext.Current.CancellationToken,
            [
                ("DnsSuffix", "elb.amazonaws.com"),
                ("AddressPool", $"{Ports.Network()}.0/24,{Ports.Network()}.0/24"),
                ("Quotas:classic-load-balancers", "20"),
                ("Quotas:classic-listeners", "100"),
                ("Quotas:classic-registered-instances", "1000"),
                ("Inventory:File", Path.Combine(SourceFolder.Fixtures, "inventory.json")),
                .. keys,
            ]);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}

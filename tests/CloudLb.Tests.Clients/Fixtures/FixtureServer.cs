using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>
/// A server with AWS's own quotas and DNS suffix, the fixtures' inventory, and an account for each fixture; one with an inventory of its
/// own has a server of its own.
/// </summary>
public sealed class FixtureServer : IAsyncLifetime
{
    private const string SharedInventory = "inventory.json";
    private const string V2Inventory = $"{Fixture.V2}inventory.json";

    private readonly Dictionary<string, CloudLbProcess> _processes = [];
    private readonly ConcurrentDictionary<string, FixtureIds> _ids = [];
    private readonly FixtureCertificates _certificates = new();

    /// <summary>Sends a request of a fixture, signed for the fixture's account and for the service that it is meant for.</summary>
    /// <param name="marker">What <c>{marker}</c> stands for.</param>
    /// <param name="keyId">What <c>{access-key-id}</c> stands for.</param>
    internal async Task<ElbApi.Answer> SendAsync(
        string fixture, FixtureStep step, CancellationToken cancellationToken, string marker = "", string keyId = "")
    {
        Installed.HAProxyOrSkip();
        var isV2 = fixture.StartsWith(Fixture.V2, StringComparison.Ordinal);
        var url = _processes.GetValueOrDefault(InventoryOf(fixture), _processes[isV2 ? V2Inventory : SharedInventory]).Url;
        var account = AccountOf(fixture);
        await (isV2 ? _certificates.GiveAsync(url, account, step.Form, cancellationToken) : Task.CompletedTask);
        var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(url, step.Target));
        if (step.Form.Length > 0)
        {
            request.Content = new ByteArrayContent(
                Encoding.UTF8.GetBytes(
                    IdsOf(fixture).TakeOutOfForm(Placeholders.TakeOutOfForm(step.Form, account.Id, marker, keyId))));
        }

        foreach (var (header, value) in step.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(header, value) || request.Content!.Headers.TryAddWithoutValidation(header, value);
        }

        var service = step.Form.Contains("Version=2010-05-08", StringComparison.Ordinal) ? "iam" : "elasticloadbalancing";
        var answer = await new ElbApi(url, account, service: service).SendAsync(request, cancellationToken);
        IdsOf(fixture).Learn(answer.Body);
        return answer;
    }

    /// <summary>The ids that a fixture's answers had, as far as they have come.</summary>
    internal FixtureIds IdsOf(string fixture) => _ids.GetOrAdd(fixture, _ => new());

    /// <summary>
    /// An account of the fixture's own, the same however many fixtures there are: what an answer shows may follow from it.
    /// </summary>
    internal static Account AccountOf(string fixture)
    {
        var number = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(fixture)));
        return new(
            (300_000_000_000 + number).ToString(CultureInfo.InvariantCulture), $"AKIDFIXTURE{number}", Account.First.SecretAccessKey);
    }

    public async ValueTask InitializeAsync()
    {
        if (!Installed.IsHAProxyThere)
        {
            return;
        }

        var byVersion = Fixture.Names.ToLookup(name => name.StartsWith(Fixture.V2, StringComparison.Ordinal));
        await StartAsync(SharedInventory, [.. byVersion[false]]);
        await StartAsync(V2Inventory, [.. byVersion[true]]);
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
                ("Quotas:application-load-balancers", "3"),
                ("Quotas:target-groups", "5"),
                ("Quotas:targets-per-target-group", "4"),
                ("Quotas:rules-per-application-load-balancer", "4"),
                ("Inventory:File", Path.Combine(SourceFolder.Fixtures, inventory)),
                .. keys,
            ]);
        PutFiles(_processes[inventory]);
    }

    /// <summary>What the fixtures name as objects of the bucket <c>bucket</c>.</summary>
    private static void PutFiles(CloudLbProcess process)
    {
        var bucket = Directory.CreateDirectory(Path.Combine(process.DataDirectory, "access-logs", "bucket"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceFolder.Fixtures, Fixture.V2, "bucket")))
        {
            File.Copy(file, Path.Combine(bucket.FullName, Path.GetFileName(file)));
        }
    }
}

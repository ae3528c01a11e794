using CloudLb.Tests.Clients.Harness;

[assembly: AssemblyFixture(typeof(CloudLb.Tests.Clients.Terraform.TerraformServer))]

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// One server for all tests of Terraform that do not kill it, started by the first of them; they keep apart by the names of their load
/// balancers.
/// </summary>
public sealed class TerraformServer : IAsyncLifetime
{
    /// <summary>
    /// Of everything that Terraform looks up, two at least, so that one can be changed for the other; all in one region, so that another
    /// has its own default.
    /// </summary>
    private const string Inventory = """
        {
          "i-0a": { "address": "127.0.0.11", "zone": "us-east-1a", "vpc": "vpc-0a", "type": "t3.micro", "tags": { "Name": "web-1", "role": "web" } },
          "i-0b": { "address": "127.0.0.12", "zone": "us-east-1b", "vpc": "vpc-0a", "tags": { "Name": "web-2", "role": "web" } },
          "i-0c": { "address": "127.0.0.13", "zone": "us-east-1b" },
          "vpcs": {
            "vpc-0a": { "cidr": "10.0.0.0/16", "default": true, "tags": { "Name": "main" } },
            "vpc-0b": { "cidr": "10.9.0.0/16" }
          },
          "subnets": {
            "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a", "cidr": "10.0.1.0/24", "tags": { "tier": "web" } },
            "subnet-0b": { "zone": "us-east-1b", "vpc": "vpc-0a", "cidr": "10.0.2.0/24", "tags": { "tier": "web" } },
            "subnet-0c": { "zone": "us-east-1c", "vpc": "vpc-0a", "cidr": "10.0.3.0/24" },
            "subnet-0d": { "zone": "us-east-1a", "vpc": "vpc-0b", "cidr": "10.9.1.0/24" }
          },
          "securityGroups": {
            "sg-0a": { "name": "web", "vpc": "vpc-0a", "description": "the web's own", "tags": { "tier": "web" }, "ingress": [{ "sources": ["0.0.0.0/0"] }] },
            "sg-0b": { "name": "office", "vpc": "vpc-0a" }
          }
        }
        """;

    /// <summary>The first three numbers of the addresses that subnet-0d has.</summary>
    internal static string OfSubnet { get; } = Ports.Network();

    private static readonly string Elastic = Ports.Network();

    private readonly SemaphoreSlim _starting = new(1);
    private CloudLbProcess? _process;
    private string? _inventory;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_inventory is not null)
        {
            File.Delete(_inventory);
        }
    }

    /// <summary>A server that only the caller has: it may kill it.</summary>
    internal async Task<CloudLbProcess> StartAsync(CancellationToken cancellationToken)
    {
        TerraformInstalled.OrSkip();
        if (_inventory is null)
        {
            var file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, Inventory, cancellationToken);
            _inventory = file;
        }

        return await CloudLbProcess.StartAsync(
            cancellationToken, ("Inventory:File", _inventory), ("Reconciler:ResyncInterval", "00:00:01"),
            ("SubnetAddressPools:subnet-0d:0", $"{OfSubnet}.0/24"),
            ($"ElasticAddresses:{Account.First.Id}:eipalloc-0a", $"{Elastic}.1"),
            ($"ElasticAddresses:{Account.First.Id}:eipalloc-0b", $"{Elastic}.2"));
    }

    internal async Task<CloudLbProcess> SharedAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _process ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A workspace that is told of the shared server.</summary>
    internal async Task<TerraformWorkspace> WorkspaceAsync(TerraformEndpoint endpoint, CancellationToken cancellationToken) =>
        TerraformWorkspace.Open((await SharedAsync(cancellationToken)).Url, endpoint, Account.First, cancellationToken);

    /// <summary>The API, for what somebody does behind Terraform's back.</summary>
    internal async Task<ElbApi> ApiAsync(CancellationToken cancellationToken) => new((await SharedAsync(cancellationToken)).Url);

    /// <summary>Sees that no load balancer is left whose name begins so.</summary>
    internal async Task NothingIsLeftAsync(string prefix, CancellationToken cancellationToken)
    {
        var left = (
            await (await ApiAsync(cancellationToken)).CallAsync("Action=DescribeLoadBalancers", cancellationToken))
                .Values("LoadBalancerName");
        Assert.DoesNotContain(left, name => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>An inventory with the networks and the instance that sensible values name.</summary>
internal sealed class FuzzInventory : IAsyncDisposable
{
    private const string Content = """
        {
          "i-0123456789abcdef0": { "address": "127.0.0.3", "zone": "us-east-1a", "vpc": "vpc-12345678", "tags": { "team": "a" } },
          "vpcs": { "vpc-12345678": { "cidr": "10.0.0.0/16", "default": true } },
          "subnets": { "subnet-12345678": { "zone": "us-east-1a", "vpc": "vpc-12345678" }, "subnet-87654321": { "zone": "us-east-1b", "vpc": "vpc-12345678" } },
          "securityGroups": { "sg-12345678": { "name": "web", "vpc": "vpc-12345678", "ingress": [{ "ports": "8000-8100", "sources": ["127.0.0.0/8"] }] } }
        }
        """;

    private FuzzInventory(string path) => Path = path;

    public string Path { get; }

    public static async Task<FuzzInventory> WriteAsync(CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetTempFileName();
        await File.WriteAllTextAsync(path, Content, cancellationToken);
        return new(path);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return default;
    }
}

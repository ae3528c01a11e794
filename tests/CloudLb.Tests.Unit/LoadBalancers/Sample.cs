using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

/// <summary>Load balancers and their parts, as plain as they can be.</summary>
internal static class Sample
{
    public static readonly AccountId Account = new("123456789012");
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly Quotas Quotas = new();

    private static readonly string[] Zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

    /// <summary>The network of the account in us-east-1, by default of an inventory that lists nothing.</summary>
    public static Network Network(InventoryContent? listed = null) => new(Account, "us-east-1", Zones, listed ?? InventoryContent.Empty);

    public static LoadBalancerKey Key(string name = "web", string region = "us-east-1") => new(Account, region, name);

    public static LoadBalancer LoadBalancer(string name = "web", string address = "127.0.64.1") => new()
    {
        Key = Key(name),
        DnsName = $"{name}-123456789.us-east-1.elb.localhost",
        Address = IPAddress.Parse(address),
        Scheme = LoadBalancerScheme.InternetFacing,
        CreatedTime = Noon,
        Listeners = [Listener()],
        AvailabilityZones = ["us-east-1a"],
        HealthCheck = HealthCheck.Default(8080),
    };

    public static Listener Listener(int port = 80, int instancePort = 8080, ListenerProtocol protocol = ListenerProtocol.HTTP) =>
        new() { Protocol = protocol, LoadBalancerPort = port, InstanceProtocol = protocol, InstancePort = instancePort };

    public static Instance Instance(string id, string address = "10.0.0.1", string? zone = null) =>
        new() { InstanceId = id, Address = IPAddress.Parse(address), AvailabilityZone = zone };

    public static string[] Ids(this LoadBalancer loadBalancer) => [.. loadBalancer.Instances.Select(instance => instance.InstanceId)];

    /// <summary>The error's code and message.</summary>
    public static (string Code, string Message) Refusal(Func<object?> action)
    {
        var exception = Assert.Throws<ServiceException>(action);
        return (exception.Code, exception.Message);
    }
}

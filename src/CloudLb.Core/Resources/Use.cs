using System.Net;

namespace CloudLb.Core.Resources;

/// <summary>One thing that a resource uses. Compared by content; made without an allocation, as it is asked for at every plan.</summary>
/// <param name="What">What sort of thing it is.</param>
/// <param name="Id">Which one.</param>
public readonly record struct Use(Used What, object Id)
{
    public static Use OfAddress(IPAddress address) => new(Used.Address, address);

    public static Use OfCertificate(string id) => new(Used.Certificate, id);

    /// <param name="name">In any case.</param>
    public static Use OfHostName(string name) => new(Used.HostName, name.ToLowerInvariant());

    /// <param name="port">The port.</param>
    /// <param name="kind">What it is for.</param>
    public static Use OfPort(int port, string kind) => new(Used.Port, $"{port}/{kind}");

    /// <param name="key">Of a kind of load balancers.</param>
    public static Use OfLoadBalancer(object key) => new(Used.LoadBalancer, key);

    public static Use OfTargetGroup(string arn) => new(Used.TargetGroup, arn);

    public static Use OfTrustStore(string arn) => new(Used.TrustStore, arn);
}

namespace CloudLb.Core.Inventory;

/// <summary>Networks that a security group lets connect.</summary>
public sealed record IngressRule
{
    /// <summary>As EC2 writes "every protocol".</summary>
    public const string AnyProtocol = "-1";

    public const string EveryIPv4 = "0.0.0.0/0";
    public const string EveryIPv6 = "::/0";

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, or <see cref="AnyProtocol"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>0 to 65535.</summary>
    public int FromPort { get; init; }

    /// <summary>0 to 65535, and no less than <see cref="FromPort"/>.</summary>
    public int ToPort { get; init; } = 65535;

    /// <summary>Networks in CIDR form, IPv4 and IPv6, the bits beyond the prefix zero.</summary>
    public required EquatableArray<string> Sources { get; init; }

    /// <summary>Whether TCP connections to the port are what the rule is about.</summary>
    public bool CoversTcp(int port) => Covers("tcp", port);

    /// <summary>Whether datagrams of UDP to the port are what the rule is about.</summary>
    public bool CoversUdp(int port) => Covers("udp", port);

    private bool Covers(string protocol, int port) =>
        Protocol == AnyProtocol || (Protocol == protocol && FromPort <= port && port <= ToPort);
}

using System.Collections.Immutable;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>What a load balancer of the test must be like, by what was answered. One that is not there has no ports.</summary>
internal sealed record ModelLoadBalancer(string Name, ImmutableSortedSet<int> Ports, ImmutableSortedSet<string> Instances, string Target)
{
    public const string FirstTarget = "TCP:9";

    public static ModelLoadBalancer Absent(string name) => new(name, [], [], "");

    public bool IsThere => Ports.Count > 0;

    public bool Equals(ModelLoadBalancer? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode();

    public override string ToString() => $"{Name} [{string.Join(' ', Ports)}] [{string.Join(' ', Instances)}] {Target}";
}

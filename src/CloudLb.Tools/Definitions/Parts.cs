using CloudLb.Elb.Contracts;
using CloudLb.Tools.Output;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Definitions;

/// <summary>What the definitions of several commands share.</summary>
internal static class Parts
{
    public static Positional LoadBalancer { get; } = new()
    {
        Name = CommonOptions.Arguments.LoadBalancer, Summary = "The load balancer's name.",
    };

    public static Option Force { get; } = new() { Name = "force", Summary = "Do not ask." };

    public static Option Zones { get; } = new()
    {
        Name = "availability-zones", Short = 'z', Value = "ZONE1,ZONE2", IsList = true, Summary = "Availability zones, comma-separated.",
    };

    public static Option Subnets { get; } = new()
    {
        Name = "subnets", Short = 's', Value = "SUBNET1,SUBNET2", IsList = true, Summary = "Subnets, comma-separated.",
    };

    public static Option SecurityGroups { get; } = new()
    {
        Name = "security-groups", Short = 'g', Value = "GROUP1,GROUP2", IsList = true, Summary = "Security groups, comma-separated.",
    };

    public static Option Listener { get; } = new()
    {
        Name = "listener", Short = 'l', Value = "\"protocol=P, lb-port=N, instance-port=N\"", IsRepeatable = true, IsRequired = true,
        Summary = "A listener, with instance-protocol=P and cert-id=ARN where it has them; given once for each.",
    };

    public static Option Instances { get; } = new()
    {
        Name = "instances", Value = "INSTANCE1,INSTANCE2", IsList = true, Summary = "Instances, comma-separated.",
    };

    public static Option LoadBalancerPort { get; } = new()
    {
        Name = "lb-port", Short = 'l', Value = "PORT", IsRequired = true, Summary = "The port at which the load balancer listens.",
    };

    public static Option PolicyName { get; } = new()
    {
        Name = "policy-name", Short = 'p', Value = "POLICY", IsRequired = true, Summary = "The policy's name.",
    };

    public static Option PolicyNames { get; } = new()
    {
        Name = "policy-names", Short = 'p', Value = "POLICY1,POLICY2", IsList = true, IsRequired = true, MayBeEmpty = true,
        Summary = "The policies from now on, comma-separated; empty for none.",
    };

    public static Option ShowLong { get; } = new()
    {
        Name = CommonOptions.ShowLong, Family = Family.Euca, Summary = "Print everything that is known.",
    };

    public static IReadOnlyList<Instance>? InstancesOf(Arguments arguments) =>
        arguments.FindList(Instances.Name) is { } ids ? [.. ids.Select(id => new Instance { InstanceId = id })] : null;

    /// <summary>A row with a list in one value, comma and blank between its members.</summary>
    public static IEnumerable<Row> ListRow(string type, IReadOnlyList<string>? values, string separator = ", ") =>
        [new(type, new Cell(type, string.Join(separator, values ?? [])))];
}

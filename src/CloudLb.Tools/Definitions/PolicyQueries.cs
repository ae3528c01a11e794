using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Definitions;

/// <summary>Policies and their types are shown.</summary>
internal static class PolicyQueries
{
    private const string Names = "policy-names";

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "describe-lb-policies", Summary = "Shows a load balancer's policies, or the predefined ones.",
            Positionals =
            [
                Parts.LoadBalancer with
                {
                    IsRequired = false, Summary = "The load balancer's name; without it, the predefined policies are shown.",
                },
            ],
            Options =
            [
                new()
                {
                    Name = Names, Short = 'p', Value = "POLICY1,POLICY2", IsList = true, Summary = "These policies alone, comma-separated.",
                },
                Parts.ShowLong,
            ],
            JavaOutput = "POLICY  NAME  TYPE", EucaOutput = "POLICY  name  type",
            Note = "The long form adds the attributes, as {name=…,value=…},….",
            Call = new Call<DescribeLoadBalancerPoliciesRequest, DescribeLoadBalancerPoliciesResponse>(
                ElasticLoadBalancingContract.DescribeLoadBalancerPolicies)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.Positionals.Count > 0 ? arguments.LoadBalancer : null,
                    PolicyNames = arguments.FindList(Names),
                },
                Otherwise = "No Policies found",
                Java = response => Policies(response, withAttributes: true),
                Euca = (response, arguments) => Policies(response, arguments.Has(CommonOptions.ShowLong)),
            },
        },
        new()
        {
            Name = "describe-lb-policy-types", Summary = "Shows the types that a policy can have.",
            Positionals = [new() { Name = "POLICY_TYPE", IsRequired = false, IsRepeatable = true, Summary = "These types alone." }],
            Options = [Parts.ShowLong],
            JavaOutput = "POLICY_TYPE  NAME  DESCRIPTION", EucaOutput = "POLICY_TYPE  name  description",
            Note = "The long form adds the attributes, as {name=…,description=…,type=…,default-value=…,cardinality=…},….",
            Call = new Call<DescribeLoadBalancerPolicyTypesRequest, DescribeLoadBalancerPolicyTypesResponse>(
                ElasticLoadBalancingContract.DescribeLoadBalancerPolicyTypes)
            {
                Request = arguments => new() { PolicyTypeNames = arguments.Positionals.Count > 0 ? arguments.Positionals : null },
                Otherwise = "No Policy Types found",
                Java = response => Types(response, withAttributes: true),
                Euca = (response, arguments) => Types(response, arguments.Has(CommonOptions.ShowLong)),
            },
        },
    ];

    private static IEnumerable<Row> Policies(DescribeLoadBalancerPoliciesResponse response, bool withAttributes) =>
        response.PolicyDescriptions?.Select(policy => new Row(
            "POLICY",
            [
                new("NAME", policy.PolicyName), new("TYPE", policy.PolicyTypeName),
                .. withAttributes ? [new("ATTRIBUTES", Attributes(policy)) { IsLong = true }] : Array.Empty<Cell>(),
            ])) ?? [];

    private static IEnumerable<Row> Types(DescribeLoadBalancerPolicyTypesResponse response, bool withAttributes) =>
        response.PolicyTypeDescriptions?.Select(type => new Row(
            "POLICY_TYPE",
            [
                new("NAME", type.PolicyTypeName), new("DESCRIPTION", type.Description) { Wraps = true },
                .. withAttributes ? [new("ATTRIBUTES", Attributes(type)) { IsLong = true }] : Array.Empty<Cell>(),
            ])) ?? [];

    private static string Attributes(PolicyDescription policy) => string.Join(',', policy.PolicyAttributeDescriptions?.Select(
        attribute => Braced([("name", attribute.AttributeName), ("value", attribute.AttributeValue)])) ?? []);

    private static string Attributes(PolicyTypeDescription type) => string.Join(',', type.PolicyAttributeTypeDescriptions?.Select(
        attribute => Braced(
            [
                ("name", attribute.AttributeName), ("description", attribute.Description), ("type", attribute.AttributeType),
                ("default-value", attribute.DefaultValue), ("cardinality", attribute.Cardinality),
            ])) ?? []);

    private static string Braced(IEnumerable<(string Name, string? Value)> parts) =>
        $"{{{string.Join(',', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={part.Value}"))}}}";
}

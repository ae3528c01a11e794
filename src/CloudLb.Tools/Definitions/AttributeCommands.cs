using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Grammars;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Definitions;

/// <summary>A load balancer's attributes.</summary>
internal static class AttributeCommands
{
    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "describe-lb-attributes", Summary = "Shows a load balancer's attributes.",
            Positionals = [Parts.LoadBalancer],
            JavaOutput = "ATTRIBUTE  NAME  VALUE", EucaOutput = "name  value",
            Call = new Call<DescribeLoadBalancerAttributesRequest, DescribeLoadBalancerAttributesResponse>(
                ElasticLoadBalancingContract.DescribeLoadBalancerAttributes)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer },
                Otherwise = "No attributes found",
                Java = response => Written(response)
                    .Select(attribute => new Row("ATTRIBUTE", new Cell("NAME", attribute.Name), new Cell("VALUE", attribute.Value))),
                Euca = (response, _) => Written(response).Select(attribute => new Row(attribute.Name, new Cell("VALUE", attribute.Value))),
            },
        },
        new()
        {
            Name = "modify-lb-attributes", Summary = "Changes a load balancer's attributes.",
            Positionals =
            [
                Parts.LoadBalancer,
                new()
                {
                    Name = "ATTRIBUTE=VALUE", IsRepeatable = true,
                    Summary = "An attribute, named as describe-lb-attributes does: ConnectionSettings.IdleTimeout=120.",
                },
            ],
            JavaOutput = "OK-Modifying LoadBalancer Attributes",
            Call = new Call<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>(
                ElasticLoadBalancingContract.ModifyLoadBalancerAttributes)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, LoadBalancerAttributes = AttributeText.Parse(arguments.Positionals.Skip(1)),
                },
                Otherwise = "OK-Modifying LoadBalancer Attributes",
            },
        },
    ];

    private static IEnumerable<(string Name, string? Value)> Written(DescribeLoadBalancerAttributesResponse response) =>
        response.LoadBalancerAttributes is { } attributes ? AttributeText.Write(attributes) : [];
}

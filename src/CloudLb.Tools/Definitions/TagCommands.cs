using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Grammars;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Definitions;

/// <summary>Tags; the Java tools are older than these.</summary>
internal static class TagCommands
{
    private const string Tag = "tag";

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "create-tags", Family = Family.Euca, Summary = "Adds tags to a load balancer, or replaces their values.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new()
                {
                    Name = Tag, Short = 't', Value = "KEY[=VALUE]", IsRepeatable = true, IsRequired = true,
                    Summary = "A tag; given once for each.",
                },
            ],
            Call = new Call<AddTagsRequest, AddTagsResponse>(ElasticLoadBalancingContract.AddTags)
            {
                Request = arguments => new()
                {
                    LoadBalancerNames = [arguments.LoadBalancer], Tags = [.. arguments.All(Tag).Select(TagText.Parse)],
                },
            },
        },
        new()
        {
            Name = "delete-tags", Family = Family.Euca, Summary = "Removes tags from a load balancer.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new()
                {
                    Name = Tag, Short = 't', Value = "KEY", IsRepeatable = true, IsRequired = true,
                    Summary = "A tag's key; given once for each.",
                },
            ],
            Call = new Call<RemoveTagsRequest, RemoveTagsResponse>(ElasticLoadBalancingContract.RemoveTags)
            {
                Request = arguments => new()
                {
                    LoadBalancerNames = [arguments.LoadBalancer],
                    Tags = [.. arguments.All(Tag).Select(key => new TagKeyOnly { Key = key })],
                },
            },
        },
        new()
        {
            Name = "describe-tags", Family = Family.Euca, Summary = "Shows the tags of load balancers.",
            Positionals = [Parts.LoadBalancer with { IsRepeatable = true, Summary = "The load balancers' names." }],
            Options = [new() { Name = CommonOptions.ShowHeaders, Summary = "Print column headers." }],
            EucaOutput = "TAG  load-balancer  name  key  value", IsEucaTable = true,
            Call = new Call<DescribeTagsRequest, DescribeTagsResponse>(ElasticLoadBalancingContract.DescribeTags)
            {
                Request = arguments => new() { LoadBalancerNames = arguments.Positionals },
                Euca = (response, _) => response.TagDescriptions?.SelectMany(Rows) ?? [],
            },
        },
    ];

    private static IEnumerable<Row> Rows(TagDescription description) => description.Tags?.Select(tag => new Row(
        "TAG", new Cell("RESOURCE-TYPE", "load-balancer"), new Cell("RESOURCE-ID", description.LoadBalancerName), new Cell("KEY", tag.Key),
        new Cell("VALUE", tag.Value))) ?? [];
}

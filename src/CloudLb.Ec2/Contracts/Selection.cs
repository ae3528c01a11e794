using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;

namespace CloudLb.Ec2.Contracts;

/// <summary>What every description of EC2 can be narrowed by.</summary>
public sealed record Selection
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>5 to 1000; all when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    /// <param name="idName">What the operation calls the list of ids, in the singular, as EC2 does.</param>
    public static Selection Read(ParameterReader reader, string idName) => new()
    {
        Ids = reader.FlatStringList(idName),
        Filters = reader.FlatList<Filter>("Filter"),
        MaxResults = reader.Int32("MaxResults"),
        NextToken = reader.String("NextToken") is { Length: > 0 } token ? token : null,
    };

    public void Write(FormShapeWriter writer, string idName)
    {
        writer.FlatStringList(idName, Ids);
        writer.FlatList("Filter", Filters);
        writer.Int32("MaxResults", MaxResults);
        writer.String("NextToken", NextToken);
    }
}

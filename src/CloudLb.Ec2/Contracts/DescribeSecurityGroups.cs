using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeSecurityGroups</c>.</summary>
public sealed record DescribeSecurityGroupsRequest(Selection Selection, IReadOnlyList<string> GroupNames) : IRequestShape<DescribeSecurityGroupsRequest>
{
    private const string IdName = "GroupId";

    public static DescribeSecurityGroupsRequest Read(ParameterReader reader) => new(Selection.Read(reader, IdName), reader.FlatStringList("GroupName"));

    public void Write(FormShapeWriter writer)
    {
        Selection.Write(writer, IdName);
        writer.FlatStringList("GroupName", GroupNames);
    }
}

/// <summary>The answer of <c>DescribeSecurityGroups</c>.</summary>
public sealed record DescribeSecurityGroupsResponse : IResponseShape<DescribeSecurityGroupsResponse>
{
    public IReadOnlyList<SecurityGroup>? SecurityGroups { get; init; }

    /// <summary>Absent on the last page.</summary>
    public string? NextToken { get; init; }

    public static DescribeSecurityGroupsResponse Read(ResponseReader reader) => new()
    {
        SecurityGroups = reader.List<SecurityGroup>("securityGroupInfo"),
        NextToken = reader.String("nextToken"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.ItemList("securityGroupInfo"u8, SecurityGroups);
        writer.String("nextToken"u8, NextToken);
    }
}

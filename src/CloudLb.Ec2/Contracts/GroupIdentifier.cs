using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>A security group of a network interface.</summary>
public sealed record GroupIdentifier : IResponseShape<GroupIdentifier>
{
    public string? GroupId { get; init; }

    public string? GroupName { get; init; }

    public static GroupIdentifier Read(ResponseReader reader) => new()
    {
        GroupId = reader.String("groupId"),
        GroupName = reader.String("groupName"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("groupId"u8, GroupId);
        writer.String("groupName"u8, GroupName);
    }
}

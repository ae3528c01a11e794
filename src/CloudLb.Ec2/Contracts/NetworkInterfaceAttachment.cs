using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>What a network interface belongs to.</summary>
public sealed record NetworkInterfaceAttachment : IResponseShape<NetworkInterfaceAttachment>
{
    public string? AttachmentId { get; init; }

    public string? InstanceOwnerId { get; init; }

    public string? Status { get; init; }

    public static NetworkInterfaceAttachment Read(ResponseReader reader) => new()
    {
        AttachmentId = reader.String("attachmentId"),
        InstanceOwnerId = reader.String("instanceOwnerId"),
        Status = reader.String("status"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("attachmentId"u8, AttachmentId);
        writer.String("instanceOwnerId"u8, InstanceOwnerId);
        writer.String("status"u8, Status);
    }
}

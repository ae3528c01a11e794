using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>The parameters of <c>DescribeInstanceAttribute</c>.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Attribute">The one attribute that is asked for.</param>
public sealed record DescribeInstanceAttributeRequest(string? InstanceId, string? Attribute) : IRequestShape<DescribeInstanceAttributeRequest>
{
    public static DescribeInstanceAttributeRequest Read(ParameterReader reader) => new(reader.String("InstanceId"), reader.String("Attribute"));

    public void Write(FormShapeWriter writer)
    {
        writer.String("InstanceId", InstanceId);
        writer.String("Attribute", Attribute);
    }
}

/// <summary>The answer of <c>DescribeInstanceAttribute</c>: the instance and the attribute that was asked for.</summary>
public sealed record DescribeInstanceAttributeResponse : IResponseShape<DescribeInstanceAttributeResponse>
{
    public string? InstanceId { get; init; }

    public AttributeValue? InstanceType { get; init; }

    public AttributeBooleanValue? DisableApiStop { get; init; }

    public AttributeBooleanValue? DisableApiTermination { get; init; }

    public AttributeValue? UserData { get; init; }

    public static DescribeInstanceAttributeResponse Read(ResponseReader reader) => new()
    {
        InstanceId = reader.String("instanceId"),
        InstanceType = reader.Structure<AttributeValue>("instanceType"),
        DisableApiStop = reader.Structure<AttributeBooleanValue>("disableApiStop"),
        DisableApiTermination = reader.Structure<AttributeBooleanValue>("disableApiTermination"),
        UserData = reader.Structure<AttributeValue>("userData"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("instanceId"u8, InstanceId);
        writer.Structure("instanceType"u8, InstanceType);
        writer.Structure("disableApiStop"u8, DisableApiStop);
        writer.Structure("disableApiTermination"u8, DisableApiTermination);
        writer.Structure("userData"u8, UserData);
    }
}

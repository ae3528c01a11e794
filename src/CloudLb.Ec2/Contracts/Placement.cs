using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>Where an instance is.</summary>
public sealed record Placement : IResponseShape<Placement>
{
    public string? AvailabilityZone { get; init; }

    public string? Tenancy { get; init; }

    public static Placement Read(ResponseReader reader) => new()
    {
        AvailabilityZone = reader.String("availabilityZone"),
        Tenancy = reader.String("tenancy"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("availabilityZone"u8, AvailabilityZone);
        writer.String("tenancy"u8, Tenancy);
    }
}

using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>What is known of a type of instances.</summary>
public sealed record InstanceTypeInfo : IResponseShape<InstanceTypeInfo>
{
    public string? InstanceType { get; init; }

    public bool? CurrentGeneration { get; init; }

    public bool? FreeTierEligible { get; init; }

    public bool? BareMetal { get; init; }

    public bool? BurstablePerformanceSupported { get; init; }

    public bool? HibernationSupported { get; init; }

    public bool? InstanceStorageSupported { get; init; }

    public static InstanceTypeInfo Read(ResponseReader reader) => new()
    {
        InstanceType = reader.String("instanceType"),
        CurrentGeneration = reader.Boolean("currentGeneration"),
        FreeTierEligible = reader.Boolean("freeTierEligible"),
        BareMetal = reader.Boolean("bareMetal"),
        BurstablePerformanceSupported = reader.Boolean("burstablePerformanceSupported"),
        HibernationSupported = reader.Boolean("hibernationSupported"),
        InstanceStorageSupported = reader.Boolean("instanceStorageSupported"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("instanceType"u8, InstanceType);
        writer.Boolean("currentGeneration"u8, CurrentGeneration);
        writer.Boolean("freeTierEligible"u8, FreeTierEligible);
        writer.Boolean("bareMetal"u8, BareMetal);
        writer.Boolean("burstablePerformanceSupported"u8, BurstablePerformanceSupported);
        writer.Boolean("hibernationSupported"u8, HibernationSupported);
        writer.Boolean("instanceStorageSupported"u8, InstanceStorageSupported);
    }
}

using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;

namespace CloudLb.Ec2.Contracts;

/// <summary>One condition of a description: a name, and the values of which one must fit. <c>*</c> and <c>?</c> stand for others.</summary>
public sealed record Filter : IRequestShape<Filter>
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public static Filter Read(ParameterReader reader) => new() { Name = reader.String("Name", required: true)!, Values = reader.FlatStringList("Value") };

    public void Write(FormShapeWriter writer)
    {
        writer.String("Name", Name);
        writer.FlatStringList("Value", Values);
    }
}

using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What the demo service is asked: to say something again, or to fail.</summary>
internal sealed record EchoRequest : IRequestShape<EchoRequest>
{
    public required string Text { get; init; }

    public int? Times { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public static EchoRequest Read(ParameterReader reader) => new()
    {
        Text = reader.String("Text", required: true, maxLength: 100_000)!,
        Times = reader.Int32("Times", min: 1, max: 3),
        Names = reader.StringList("Names", maxLength: 15_000),
    };

    public void Write(FormShapeWriter writer)
    {
        writer.String("Text", Text);
        writer.Int32("Times", Times);
        writer.StringList("Names", Names);
    }
}

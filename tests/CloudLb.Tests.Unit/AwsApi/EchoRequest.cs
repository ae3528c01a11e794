using CloudLb.AwsApi.Shapes;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What the demo service is asked: to say something again, or to fail.</summary>
internal sealed record EchoRequest : IShape<EchoRequest>
{
    public required string Text { get; init; }

    public int? Times { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public static EchoRequest Read(ShapeReader reader) => new()
    {
        Text = reader.String("Text", required: true, maxLength: 100_000)!,
        Times = reader.Int32("Times", min: 1, max: 3),
        Names = reader.List("Names", Element.String, maxLength: 15_000),
    };

    public void Write(ShapeWriter writer)
    {
        writer.String("Text"u8, Text);
        writer.Int32("Times"u8, Times);
        writer.List("Names"u8, Names, Element.String);
    }
}

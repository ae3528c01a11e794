using CloudLb.AwsApi.Shapes;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What the demo service answers.</summary>
internal sealed record EchoResponse : IShape<EchoResponse>
{
    public string? Text { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public static EchoResponse Read(ShapeReader reader) => new()
    {
        Text = reader.String("Text"),
        Account = reader.String("Account"),
        Region = reader.String("Region"),
        Names = reader.List("Names", Element.String),
    };

    public void Write(ShapeWriter writer)
    {
        writer.String("Text"u8, Text);
        writer.String("Account"u8, Account);
        writer.String("Region"u8, Region);
        writer.List("Names"u8, Names, Element.String);
    }
}

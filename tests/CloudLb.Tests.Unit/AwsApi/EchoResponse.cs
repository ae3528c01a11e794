using CloudLb.AwsApi.Responses;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What the demo service answers.</summary>
internal sealed record EchoResponse : IResponseShape<EchoResponse>
{
    public string? Text { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public static EchoResponse Read(ResponseReader reader) => new()
    {
        Text = reader.String("Text"),
        Account = reader.String("Account"),
        Region = reader.String("Region"),
        Names = reader.StringList("Names"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("Text"u8, Text);
        writer.String("Account"u8, Account);
        writer.String("Region"u8, Region);
        writer.StringList("Names"u8, Names);
    }
}

using System.Text;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>One answer of HTTP/1.1, as it was read.</summary>
internal sealed record FuzzAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Without parameters; empty when there is none.</summary>
    public string MediaType => Headers.GetValueOrDefault("Content-Type", "").Split(';')[0];

    public bool EndsConnection => Headers.GetValueOrDefault("Connection") == "close";

    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Status} {string.Join(", ", Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{Text}";
}

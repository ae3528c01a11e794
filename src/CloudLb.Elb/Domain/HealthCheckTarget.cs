using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.Elb.Domain;

/// <summary>What is probed: <c>TCP:port</c>, <c>SSL:port</c>, <c>HTTP:port/path</c> or <c>HTTPS:port/path</c>.</summary>
/// <param name="Protocol">Upper case on the way out, whatever came in.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Path">
/// Begins with a slash; empty for TCP and SSL. Printable ASCII without blanks, as it goes into the request line as it stands.
/// </param>
[JsonConverter(typeof(HealthCheckTargetJsonConverter))]
public sealed record HealthCheckTarget(ListenerProtocol Protocol, int Port, string Path)
{
    private const int MaximumLength = 1024;

    public static HealthCheckTarget Parse(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw Invalid($"HealthCheck Target must not be longer than {MaximumLength} characters");
        }

        // AWS's words speak of what a target begins with: HTTP/ping is an HTTP target without a port, not one of an unknown protocol.
        var protocol = string.Concat(text.TakeWhile(char.IsAsciiLetter));
        var colon = text.AsSpan(protocol.Length).StartsWith(":") ? protocol.Length : -1;
        return protocol.ToUpperInvariant() switch
        {
            "TCP" => new(ListenerProtocol.TCP, OnlyPort(text, colon), ""),
            "SSL" => new(ListenerProtocol.SSL, OnlyPort(text, colon), ""),
            "HTTP" => WithPath(ListenerProtocol.HTTP, text, colon),
            "HTTPS" => WithPath(ListenerProtocol.HTTPS, text, colon),
            _ => throw Invalid("HealthCheck Target must begin with one of HTTP, TCP, HTTPS, SSL"),
        };
    }

    public override string ToString() => $"{Protocol}:{Port}{Path}";

    private static int OnlyPort(string text, int colon) =>
        colon >= 0 && TryPort(text.AsSpan(colon + 1), out var port) ? port : throw Invalid("HealthCheck Target must specify a port number");

    private static HealthCheckTarget WithPath(ListenerProtocol protocol, string text, int colon)
    {
        var slash = text.IndexOf('/');
        if (colon < 0 || slash < colon || !TryPort(text.AsSpan(colon + 1, slash - colon - 1), out var port))
        {
            throw Invalid(
                $"HealthCheck {protocol} Target must specify a port followed by a path that begins with a slash. e.g. " +
                $"{protocol}:80/ping/this/path");
        }

        var path = text[slash..];
        return path.All(character => character is > ' ' and <= '~')
            ? new(protocol, port, path)
            : throw Invalid($"HealthCheck {protocol} Target path must consist of printable ASCII characters without blanks");
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.Length is > 0 and <= 5
            && !text.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text, out port)
            && port is >= 1 and <= 65535;
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}

/// <summary>Writes a target in AWS's spelling.</summary>
internal sealed class HealthCheckTargetJsonConverter : JsonConverter<HealthCheckTarget>
{
    public override HealthCheckTarget Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HealthCheckTarget.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, HealthCheckTarget value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

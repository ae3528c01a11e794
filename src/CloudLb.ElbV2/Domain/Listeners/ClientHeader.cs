using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain.Attributes;

namespace CloudLb.ElbV2.Domain;

/// <summary>A header by which targets are told of a client's certificate.</summary>
/// <param name="Part">What it says.</param>
/// <param name="Rule">The attribute that has its name.</param>
internal sealed record ClientHeader(ClientCertificatePart Part, AttributeRule Rule)
{
    private const int Longest = 128;

    // Heads are read by them, and what they say would be somebody else's.
    private static readonly string[] Reserved =
    [
        "connection", "content-length", "cookie", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto",
    ];

    /// <param name="name">As AWS sends it.</param>
    /// <param name="part">What it says.</param>
    public static ClientHeader Of(string name, ClientCertificatePart part)
    {
        var key = $"routing.http.request.{name.Replace('-', '_').ToLowerInvariant()}.header_name";
        return new(part, new(key, name, value => Fault(key, value)));
    }

    private static string? Fault(string key, string value) => value switch
    {
        { Length: 0 } => $"The value of '{key}' cannot be empty",
        { Length: > Longest } => $"The value of '{key}' cannot be longer than '{Longest}' characters",
        _ when !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') =>
            $"The value of '{key}' contains invalid characters",
        _ when Reserved.Contains(value.ToLowerInvariant()) || value.StartsWith("x-cloudlb-", StringComparison.OrdinalIgnoreCase) =>
            $"The value '{value}' of '{key}' is not supported",
        _ => null,
    };
}

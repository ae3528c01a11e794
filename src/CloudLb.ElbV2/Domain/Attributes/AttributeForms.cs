using System.Globalization;

namespace CloudLb.ElbV2.Domain.Attributes;

/// <summary>The forms that attributes' values have, with AWS's words against others.</summary>
internal static class AttributeForms
{
    /// <summary>Headers by which a message is read, or that a load balancer itself goes by.</summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Cookie", "Expect", "Host", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "X-Amzn-Trace-Id", "X-CloudLb-Passed-On", "X-Forwarded-For", "X-Forwarded-Port",
        "X-Forwarded-Proto",
    };

    public static AttributeRule Boolean(string key, bool @default) => new(
        key, @default ? "true" : "false",
        value => value is "true" or "false" ? null : $"The value of '{key}' must be 'true' or 'false', but was '{Shown(value)}'");

    public static AttributeRule Text(string key, string @default = "") => new(key, @default, _ => null);

    /// <param name="key">The attribute.</param>
    /// <param name="default">What it is at first.</param>
    /// <param name="values">Those that there are.</param>
    /// <param name="fault">What is said against another, given it.</param>
    public static AttributeRule OneOf(string key, string @default, IReadOnlyList<string> values, Func<string, string> fault) =>
        new(key, @default, value => values.Contains(value) ? null : fault(Shown(value)));

    /// <summary>A whole number in a range, of which target groups and listeners speak.</summary>
    public static AttributeRule Between(string key, int @default, int least, int most) => Number(
        key, @default,
        (value, number) => number < least || number > most ? $"'{key}' value '{value}' must be between '{least}-{most}' inclusive" : null);

    /// <param name="key">The attribute.</param>
    /// <param name="default">What it is at first.</param>
    /// <param name="fault">Given the value as it was sent and as a number, what is said against it; null for a good one.</param>
    public static AttributeRule Number(string key, int @default, Func<string, int, string?> fault) => new(
        key, @default.ToString(CultureInfo.InvariantCulture),
        value => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? fault(Shown(value), number)
            : $"'{key}' value '{Shown(value)}' must be an integer");

    /// <summary>The name of a header in which targets are told something.</summary>
    public static AttributeRule HeaderName(string key, string @default) => new(key, @default, value =>
        value.Length is > 0 and <= 40 && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? Framing.Contains(value) ? $"The value of '{key}' cannot be '{Shown(value)}'" : null
            : $"The value of '{key}' contains invalid characters");

    private static string Shown(string value) => ResourceNames.Cut(value);
}

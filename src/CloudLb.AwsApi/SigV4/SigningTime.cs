using System.Globalization;

namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// The time of a signature. Basic ISO 8601 in the string to sign and in messages; a header may also have the extended form, or RFC 7231's.
/// </summary>
internal static class SigningTime
{
    public const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly string[] QueryFormats = [BasicFormat];
    private static readonly string[] HeaderFormats = [BasicFormat, "yyyy-MM-dd'T'HH:mm:ss'Z'", "r"];

    /// <exception cref="WireException">It is none of them.</exception>
    public static DateTimeOffset Parse(string text, bool isHeader)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, isHeader ? HeaderFormats : QueryFormats, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw SigV4Errors.UnreadableDate(text);
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);
}

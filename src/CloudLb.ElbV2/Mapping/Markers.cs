using System.Buffers.Text;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.ElbV2.Mapping;

/// <summary>
/// The opaque text that a describe answers when there is more, and that the next call gives back: where the last page ended.
/// </summary>
internal static class Markers
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string last) => Base64Url.EncodeToString(Utf8.GetBytes(last));

    /// <summary>Where the page before ended; null for the first page. A text that was never given out is a ValidationError.</summary>
    public static string? Decode(string? marker)
    {
        if (string.IsNullOrEmpty(marker))
        {
            return null;
        }

        try
        {
            var last = Utf8.GetString(Base64Url.DecodeFromChars(marker));
            return Encode(last) == marker ? last : throw Invalid();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Invalid();
        }
    }

    private static ServiceException Invalid() => CommonErrors.ValidationError.Because("The marker is not valid");
}

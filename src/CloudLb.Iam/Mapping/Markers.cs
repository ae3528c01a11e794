using System.Buffers.Text;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.Iam.Mapping;

/// <summary>The opaque text that a list answers when there is more, and that the next call gives back: where the last page ended.</summary>
internal static class Markers
{
    public static string Encode(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    /// <summary>Where the page before ended; null for the first page. A text that was never given out is a ValidationError.</summary>
    public static string? Decode(string? marker)
    {
        if (marker is null)
        {
            return null;
        }

        try
        {
            var last = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(marker));
            return Encode(last) == marker ? last : throw Invalid();
        }
        catch (FormatException)
        {
            throw Invalid();
        }
    }

    private static ServiceException Invalid() => CommonErrors.ValidationError.Because("Invalid Marker.");
}

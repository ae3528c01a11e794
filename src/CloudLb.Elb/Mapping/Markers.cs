using System.Buffers.Text;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.Elb.Mapping;

/// <summary>
/// The opaque text that a describe answers when there is more, and that the next call gives back: where the last page ended.
/// </summary>
internal static class Markers
{
    public static string Encode(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    /// <summary>Where the page before ended; null for the first page. A text that was never given out is a ValidationError.</summary>
    public static string? Decode(string? marker)
    {
        if (string.IsNullOrEmpty(marker))
        {
            return null;
        }

        try
        {
            // A name is all that is ever given out, and in one spelling.
            var last = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(marker));
            return last.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') && Encode(last) == marker
                ? last
                : throw Invalid();
        }
        catch (FormatException)
        {
            throw Invalid();
        }
    }

    public static ServiceException Invalid() => CommonErrors.ValidationError.Because("The marker is not valid");
}

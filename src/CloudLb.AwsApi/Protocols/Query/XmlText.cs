using System.Buffers;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>Character data of an XML 1.0 document.</summary>
internal static class XmlText
{
    /// <summary>What nearly all values are made of. A set within ASCII is searched many characters at a time.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\t\n !#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>
    /// What needs a reference, and what XML 1.0 has no way to write at all: control characters and the two non-characters.
    /// </summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(
        "<>&\"\r\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015" +
        "\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Plain);

    public static void Append(Utf8Buffer buffer, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var plain)
        {
            buffer.Append(text[..plain]);
            buffer.Append(Written(text[plain]));
            text = text[(plain + 1)..];
        }

        buffer.Append(text);
    }

    private static ReadOnlySpan<byte> Written(char special) => special switch
    {
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '&' => "&amp;"u8,
        '"' => "&quot;"u8,
        // A bare one would be read as a line feed.
        '\r' => "&#13;"u8,
        // U+FFFD, the replacement character: there is no XML 1.0 for the rest.
        _ => "\uFFFD"u8,
    };
}

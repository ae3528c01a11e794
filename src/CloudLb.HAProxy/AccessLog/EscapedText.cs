using System.Globalization;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>A text of a client's as HAProxy writes it into a log: <c>#XX</c> stands for a byte.</summary>
internal static class EscapedText
{
    /// <summary>The bytes that the client has sent, one character each (Latin-1).</summary>
    public static string Read(ReadOnlySpan<char> text)
    {
        if (!text.Contains('#'))
        {
            return new string(text);
        }

        var bytes = new char[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '#')
            {
                bytes[length++] = (char)byte.Parse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                index += 2;
            }
            else
            {
                bytes[length++] = text[index];
            }
        }

        return new string(bytes, 0, length);
    }
}

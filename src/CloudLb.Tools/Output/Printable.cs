using System.Globalization;
using System.Text;

namespace CloudLb.Tools.Output;

/// <summary>Text that a terminal shows and does not obey, whatever a server has sent.</summary>
internal static class Printable
{
    /// <summary>
    /// The text with every character escaped that moves the cursor, colours, hides or turns what is beside it; tabs and line ends among
    /// them, which would make a field or a row of their own.
    /// </summary>
    public static string Of(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            printable.Append(IsObeyed(rune) ? Escape(rune) : rune.ToString());
        }

        return printable.ToString();
    }

    private static bool IsObeyed(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned;

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\t' => "\\t",
        '\n' => "\\n",
        '\r' => "\\r",
        <= 0xFF => $"\\x{rune.Value:x2}",
        <= 0xFFFF => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };
}

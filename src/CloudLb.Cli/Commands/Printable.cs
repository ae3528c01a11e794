using System.Globalization;
using System.Text;

namespace CloudLb.Cli.Commands;

/// <summary>Text that a terminal shows and does not obey: an instance decides what its answer to a check says.</summary>
internal static class Printable
{
    private const char Instead = '?';

    /// <summary>
    /// The text with every character replaced that moves the cursor, colours, hides or turns what is beside it; line ends among them.
    /// </summary>
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.OtherNotAssigned)
            {
                printable.Append(Instead);
            }
            else
            {
                printable.Append(rune.ToString());
            }
        }

        return printable.ToString();
    }
}

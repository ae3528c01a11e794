using System.Text;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>Names for variables and resources, of letters, digits and underscores, none of them twice.</summary>
internal sealed class Labels
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Of(params string[] parts)
    {
        var text = new StringBuilder();
        foreach (var letter in string.Join('_', parts))
        {
            var kept = char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_';
            if (kept != '_' || (text.Length > 0 && text[^1] != '_'))
            {
                text.Append(kept);
            }
        }

        var label = text.ToString().Trim('_');
        label = label.Length == 0 || char.IsAsciiDigit(label[0]) ? $"r_{label}" : label;
        var unique = label;
        for (var number = 2; !_taken.Add(unique); number++)
        {
            unique = $"{label}_{number}";
        }

        return unique;
    }
}

using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Templates;

/// <summary>What sections of an operator can be: such that listen nowhere, with names that are not taken for CloudLb's.</summary>
internal static class SectionRules
{
    private static readonly string[] Allowed = ["backend", "http-errors", "userlist", "resolvers", "cache", "ring", "fcgi-app"];

    // Without it a section would have the defaults that were written last, which tell of checks.
    private const string From = " from base";

    /// <summary>The lines as they can stand in a configuration.</summary>
    public static IReadOnlyList<TemplateLine> Checked(IReadOnlyList<TemplateLine> lines)
    {
        var (result, isIn) = (new List<TemplateLine>(), false);
        foreach (var line in lines)
        {
            var words = OperatorLines.Words(line.Text);
            if (words.Length == 0)
            {
                result.Add(line);
                continue;
            }

            var isSection = !char.IsWhiteSpace(line.Text[0]);
            if (isSection && (!Allowed.Contains(words[0]) || words.Length < 2))
            {
                throw OperatorLines.Refusal(line, $"begins no section that can stand here: {string.Join(", ", Allowed)}, with a name");
            }

            if (!isSection && !isIn)
            {
                throw OperatorLines.Refusal(line, "stands in no section; sections begin at the margin, and their lines do not");
            }

            isIn = true;
            result.Add(isSection ? Section(line, words) : Line(line, words));
        }

        return result;
    }

    private static TemplateLine Section(TemplateLine line, string[] words)
    {
        if (ProxyName.TryParse(words[1], out _, out _))
        {
            throw OperatorLines.Refusal(line, "has the name of a load balancer's own section; put a word and a dot before it");
        }

        return words[0] == "backend" && !words.Contains("from") ? line with { Text = line.Text + From } : line;
    }

    private static TemplateLine Line(TemplateLine line, string[] words) => words[0] switch
    {
        ['.', ..] => throw OperatorLines.Refusal(line, "is a condition of HAProxy's; use Liquid's"),
        var word when OperatorLines.BeginsSection(word) =>
            throw OperatorLines.Refusal(line, "begins a section, which has to stand at the margin"),
        "log" or "bind" => throw OperatorLines.Refusal(line, $"is CloudLb's own to say ({words[0]})"),
        _ => line,
    };
}

using System.Text;
using CloudLb.HAProxy.Templates;
using Fluid.Values;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What all load balancers of a process share, as the operator's templates have it.</summary>
/// <param name="Text">The lines, the last one ended too.</param>
/// <param name="Lines">How many.</param>
/// <param name="Origins">Those that come from an operator's file, counted from 0, and from which.</param>
internal sealed record TemplatedCommon(string Text, int Lines, IReadOnlyDictionary<int, string> Origins)
{
    private static readonly Dictionary<int, string> None = [];

    /// <param name="common">What CloudLb writes.</param>
    /// <param name="templates">The operator's; null where there are none.</param>
    /// <param name="hasOpen">Whether there are listeners of <see cref="OpenDefaults"/>.</param>
    public static TemplatedCommon Of(ConfigText common, TemplateSet? templates, bool hasOpen)
    {
        if (templates is null && !hasOpen)
        {
            return new(common.ToString(), common.Lines, None);
        }

        var (text, line, origins) = (new StringBuilder(), 0, new Dictionary<int, string>());
        foreach (var section in Sections(common.ToString()).SelectMany(section => WithTwin(section, hasOpen)))
        {
            foreach (var written in Written(section, templates))
            {
                text.Append(written.Text).Append('\n');
                if (written.Origin is { } origin)
                {
                    origins[line] = origin;
                }

                line++;
            }
        }

        return new(text.ToString(), line, origins);
    }

    /// <summary>
    /// Sections with the empty lines before them. What an operator has among the settings as text of the global section belongs to that.
    /// </summary>
    private static IEnumerable<List<string>> Sections(string text)
    {
        var section = new List<string>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length == 0 && section.Count > 0)
            {
                yield return section;
                section = [];
            }

            section.Add(line);
        }

        yield return section;
    }

    private static IEnumerable<List<string>> WithTwin(List<string> section, bool hasOpen)
    {
        yield return section;
        var header = section.FindIndex(line => line.Length > 0);
        if (hasOpen && header >= 0 && OpenDefaults.IsTwin(section[header]))
        {
            yield return [.. section[..header], .. OpenDefaults.Of(section[header..])];
        }
    }

    private static IEnumerable<TemplateLine> Written(List<string> section, TemplateSet? templates)
    {
        var header = section.FindIndex(line => line.Length > 0);
        var words = header < 0 ? [] : section[header].Split(' ');
        TemplateKind? kind = words switch
        {
            ["global"] => TemplateKind.Global,
            ["defaults", ..] => TemplateKind.Defaults,
            _ => null,
        };
        if (kind is null || templates?.Has(kind.Value) != true)
        {
            return section.Select(line => new TemplateLine(line, null));
        }

        var parts = new Dictionary<string, string>
        {
            ["section"] = section[header],
            ["settings"] = string.Join('\n', section.Skip(header + 1)),
        };
        var values = new Dictionary<string, FluidValue> { ["name"] = TemplateValues.Text(words.ElementAtOrDefault(1) ?? "global") };
        var lines = templates.Render(kind.Value, null, parts, values);
        return section.Take(header).Select(line => new TemplateLine(line, null))
            .Concat(kind == TemplateKind.Global && lines.Any(line => line.Origin is not null)
                ? lines.Where(line => line.Origin is not null || line.Text != GlobalSection.WithoutAuthorities)
                : lines);
    }
}

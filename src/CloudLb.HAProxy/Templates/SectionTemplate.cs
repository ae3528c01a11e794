using Fluid.Values;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// A section as a template puts it together. While the template is rendered a mark stands for each of CloudLb's parts, so that no filter
/// changes them, and afterwards each is found once, on a line of its own and in its place, or the template is refused.
/// </summary>
internal sealed class SectionTemplate(
    TemplateShape shape, IReadOnlyDictionary<string, string> parts, IReadOnlyDictionary<string, List<TemplateLine>> points)
{
    /// <summary>The order of the shipped template, which need not be rendered.</summary>
    public IReadOnlyList<TemplateLine> Shipped() => [.. shape.Items.SelectMany(LinesOf)];

    public IReadOnlyList<TemplateLine> Rendered(LiquidText template, IReadOnlyDictionary<string, FluidValue> values)
    {
        var path = template.File.Path;
        var marked = shape.Items.Where(item => !item.IsPoint).Select(item => KeyValuePair.Create(item.Name, Mark(item)));
        var indexable = new FluidValueDictionaryFluidIndexable(
            shape.Items.Where(item => item.IsPoint).ToDictionary(item => item.Name, Mark, StringComparer.Ordinal));
        var text = template.Render(values.Concat(marked).Append(new("points", new DictionaryValue(indexable))));
        var (lines, found) = (new List<TemplateLine>(), new List<TemplateItem>());
        foreach (var line in TemplateSet.Lines(text, path))
        {
            if (ItemAt(line.Text) is { } item)
            {
                found.Add(item);
                lines.AddRange(LinesOf(item));
            }
            else if (line.Text.AsSpan().ContainsAny(TemplateFile.Begin, TemplateFile.End))
            {
                throw new TemplateException(
                    $"{path}: \"{Shown(line.Text)}\" has more than a part of CloudLb's; each stands as it is, on a line of its own.");
            }
            else
            {
                lines.Add(line);
            }
        }

        Check(path, found);
        return lines;
    }

    private void Check(string path, List<TemplateItem> found)
    {
        if (shape.Items.FirstOrDefault(item => found.Count(item.Equals) > 1) is { } twice)
        {
            throw new TemplateException($"{path} has {{{{ {Written(twice)} }}}} twice; what it stands for can be there once.");
        }

        if (shape.Items.FirstOrDefault(item => item.IsRequired && !found.Contains(item)) is { } missing)
        {
            throw new TemplateException($"{path} leaves out {{{{ {Written(missing)} }}}}, without which CloudLb cannot serve.");
        }

        if (shape.Items.FirstOrDefault(item => item.IsPoint && !found.Contains(item) && points[item.Name].Count > 0) is { } dropped)
        {
            var origin = points[dropped.Name][0].Origin;
            throw new TemplateException($"{path} leaves out {{{{ {Written(dropped)} }}}}, where {origin} is to stand.");
        }

        var required = shape.Items.Where(item => item.IsRequired).ToList();
        var order = found.Where(item => item.IsRequired).ToList();
        if (required.Zip(order).FirstOrDefault(pair => pair.First != pair.Second) is ({ } first, { } second))
        {
            throw new TemplateException(
                $"{path} has {{{{ {Written(second)} }}}} where {{{{ {Written(first)} }}}} comes first: HAProxy takes rules in order.");
        }
    }

    private IEnumerable<TemplateLine> LinesOf(TemplateItem item) => item.IsPoint
        ? points[item.Name]
        : TemplateSet.Lines(parts.GetValueOrDefault(item.Name, ""), null);

    private TemplateItem? ItemAt(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.Length < 3 || text[0] != TemplateFile.Begin || text[^1] != TemplateFile.End)
        {
            return null;
        }

        var name = text[1..^1].ToString();
        return shape.Items.FirstOrDefault(item => item.Name == name);
    }

    private static FluidValue Mark(TemplateItem item) => new StringValue($"{TemplateFile.Begin}{item.Name}{TemplateFile.End}");

    private static string Written(TemplateItem item) => item.IsPoint ? $"points.{item.Name}" : item.Name;

    private static string Shown(string line) => line.Trim().Replace(TemplateFile.Begin, '<').Replace(TemplateFile.End, '>');
}

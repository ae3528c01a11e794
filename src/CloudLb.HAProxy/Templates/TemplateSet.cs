using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fluid.Values;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// The files that together write what something is served with: those of the installation, and those of a template's folder after them.
/// Never changed; known by a hash of everything that its text can depend on.
/// </summary>
internal sealed partial class TemplateSet
{
    private readonly ImmutableArray<LiquidText> _texts;
    private readonly string? _template;

    /// <param name="directory">Where the templates are, for templates that name files beside them.</param>
    /// <param name="template">The template's name; null for the installation's.</param>
    /// <param name="files">Its files.</param>
    public TemplateSet(string directory, string? template, IEnumerable<TemplateFile> files)
    {
        Directory = directory;
        _template = template;

        // From what holds for more to what holds for less, as lines are told in this order.
        _texts =
        [
            .. files
                .OrderBy(file => file.Template is not null)
                .ThenBy(file => file.Port is not null)
                .ThenBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => new LiquidText(file)),
        ];
        Key = KeyOf(directory, template, Files);
        HasRequestRules = _texts.Any(text => text.File.Kind == TemplateKind.Frontend
            && (text.File.Text.Contains("http-request", StringComparison.Ordinal)
                || text.File.Text.Contains("http-after-response", StringComparison.Ordinal)));
        HasRoutes = _texts.Any(text => text.File.Kind == TemplateKind.Frontend
            && text.File.Text.Contains("use_backend", StringComparison.Ordinal));
        HasScripts = _texts.Any(text => text.File.Text.Contains("lua", StringComparison.OrdinalIgnoreCase));
        HasCounter = _texts.Any(text => Counter().IsMatch(text.File.Text));
    }

    /// <summary>The hash; it has a colon, which no template's name has.</summary>
    public string Key { get; }

    public string Directory { get; }

    public string? Template => _template;

    public IEnumerable<TemplateFile> Files => _texts.Select(text => text.File);

    /// <summary>Whether listeners have rules of their own, which every request has to come to.</summary>
    public bool HasRequestRules { get; }

    /// <summary>Whether listeners send requests elsewhere before their own rules do.</summary>
    public bool HasRoutes { get; }

    /// <summary>Whether there is anything about scripts in Lua.</summary>
    public bool HasScripts { get; }

    /// <summary>Whether there is anything about the one counter of requests that is the operator's, <c>sc2</c>.</summary>
    public bool HasCounter { get; }

    public bool Has(TemplateKind kind) => _texts.Any(text => text.File.Kind == kind);

    /// <summary>Whether it is one of <see cref="Key"/> and not a template's name.</summary>
    public static bool IsKey(string template) => template.Contains(':');

    /// <summary>Writes a section.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="port">The listener's; null for what is none.</param>
    /// <param name="parts">CloudLb's lines, by the names of the parts.</param>
    /// <param name="values">What the templates are told.</param>
    public IReadOnlyList<TemplateLine> Render(
        TemplateKind kind, int? port, IReadOnlyDictionary<string, string> parts, IReadOnlyDictionary<string, FluidValue> values)
    {
        var shape = TemplateShape.Of(kind);
        var all = WithFolder(values);
        var points = shape.Points.ToDictionary(point => point, point => At(kind, point, port, all));
        var whole = _texts.LastOrDefault(text => text.File.Kind == kind && text.File.Point is null && Fits(text.File, port));
        var section = new SectionTemplate(shape, parts, points);
        var lines = whole is null ? section.Shipped() : section.Rendered(whole, all);
        OperatorLines.Check(kind, lines);
        return lines;
    }

    /// <summary>The words that stand at the end of a member's line, in the file and in the command that adds it; empty for none.</summary>
    public string ServerWords(IReadOnlyDictionary<string, FluidValue> values) => string.Join(
        ' ', _texts
            .Where(text => text.File.Kind == TemplateKind.Server)
            .Select(text => ServerWordRules.Checked(text.File.Path, text.Render(WithFolder(values))))
            .Where(words => words.Length > 0));

    /// <summary>Further sections of a load balancer.</summary>
    public IReadOnlyList<TemplateLine> Sections(IReadOnlyDictionary<string, FluidValue> values)
    {
        var lines = _texts
            .Where(text => text.File.Kind == TemplateKind.Sections)
            .SelectMany(text => Lines(text.Render(WithFolder(values)), text.File.Path))
            .ToList();
        return SectionRules.Checked(lines);
    }

    /// <summary>The lines of a text, but those that are empty.</summary>
    internal static IEnumerable<TemplateLine> Lines(string text, string? origin) =>
        text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => new TemplateLine(line.TrimEnd(), origin));

    private List<TemplateLine> At(TemplateKind kind, string point, int? port, IReadOnlyDictionary<string, FluidValue> values) =>
    [
        .. _texts
            .Where(text => text.File.Kind == kind && text.File.Point == point && Fits(text.File, port))
            .SelectMany(text => Lines(text.Render(values), text.File.Path)),
    ];

    private static bool Fits(TemplateFile file, int? port) => file.Port is null || file.Port == port;

    private Dictionary<string, FluidValue> WithFolder(IReadOnlyDictionary<string, FluidValue> values) => new(values)
    {
        ["folder"] = new StringValue(_template is null ? Directory : Path.Combine(Directory, _template)),
    };

    private static string KeyOf(string directory, string? template, IEnumerable<TemplateFile> files)
    {
        var text = new StringBuilder().Append(directory).Append('\0').Append(template).Append('\0');
        foreach (var file in files)
        {
            text.Append(file.Path).Append('\0').Append(file.Text).Append('\0');
        }

        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))}";
    }

    [GeneratedRegex(@"\bsc2_|\btrack-sc2\b|\bsc[-_][a-z0-9_-]+\(2[,)]")]
    private static partial Regex Counter();
}

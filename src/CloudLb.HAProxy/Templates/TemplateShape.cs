namespace CloudLb.HAProxy.Templates;

/// <summary>
/// What a template is made of: parts, which CloudLb writes, and points, where nothing stands unless an operator says so. The order is that
/// of the shipped template.
/// </summary>
/// <param name="Name">The kind, as it stands in files' names.</param>
/// <param name="Items">Parts and points.</param>
internal sealed record TemplateShape(string Name, IReadOnlyList<TemplateItem> Items)
{
    private static readonly Dictionary<TemplateKind, TemplateShape> All = new()
    {
        [TemplateKind.Global] = new("global", [Part("section"), Part("settings"), Point("end")]),
        [TemplateKind.Defaults] = new("defaults", [Part("section"), Part("settings"), Point("end")]),
        [TemplateKind.Frontend] = new("frontend",
        [
            Part("section"), Part("binds"), Part("log"), Part("sources"), Part("connections"), Optional("timeouts"), Point("rules"),
            Part("passing_on"), Point("routing"), Part("target"),
        ]),
        [TemplateKind.Backend] = new("backend",
        [
            Part("section"), Part("log"), Optional("balance"), Optional("timeouts"), Part("queue"), Part("check"), Part("keys"),
            Part("stickiness"), Point("rules"), Part("servers"),
        ]),
        [TemplateKind.Server] = new("server", []),
        [TemplateKind.Sections] = new("sections", []),
    };

    public IEnumerable<string> Points => Items.Where(item => item.IsPoint).Select(item => item.Name);

    public string PointsInWords => Points.Any() ? string.Join(", ", Points) : "none";

    /// <summary>The template as CloudLb ships it, for an operator to copy; null for what is empty by itself.</summary>
    public string? Shipped => Items.Count == 0
        ? null
        : string.Concat(Items.Select(item => item.IsPoint ? $"{{{{ points.{item.Name} }}}}\n" : $"{{{{ {item.Name} }}}}\n"));

    public static TemplateShape Of(TemplateKind kind) => All[kind];

    private static TemplateItem Part(string name) => new(name, IsPoint: false, IsRequired: true);

    private static TemplateItem Optional(string name) => new(name, IsPoint: false, IsRequired: false);

    private static TemplateItem Point(string name) => new(name, IsPoint: true, IsRequired: false);
}

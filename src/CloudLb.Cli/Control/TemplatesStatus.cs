namespace CloudLb.Cli.Control;

/// <summary>The operator's templates, and those that can be copied.</summary>
/// <param name="Directory">Where the files are.</param>
/// <param name="Templates">What there is.</param>
/// <param name="Shipped">What CloudLb ships.</param>
public sealed record TemplatesStatus(
    string Directory, IReadOnlyList<TemplateStatus> Templates, IReadOnlyList<ShippedTemplateStatus> Shipped);

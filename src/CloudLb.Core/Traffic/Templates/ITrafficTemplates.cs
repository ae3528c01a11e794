namespace CloudLb.Core.Traffic.Templates;

/// <summary>
/// The operator's templates of what a data plane serves with. Files are read when somebody asks for it; what is in force changes by
/// <see cref="ApplyAsync"/> alone.
/// </summary>
public interface ITrafficTemplates
{
    /// <summary>Where the files are.</summary>
    string Directory { get; }

    /// <summary>The templates that can be copied and edited, by the names of their files.</summary>
    IReadOnlyList<ShippedTemplate> Shipped { get; }

    /// <summary>Looks at all files, and has the data plane try those that are not in force.</summary>
    Task<IReadOnlyList<TemplateReport>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The same; what has no fault is in force from then on.</summary>
    Task<IReadOnlyList<TemplateReport>> ApplyAsync(CancellationToken cancellationToken);

    /// <summary>What <see cref="ApplyAsync"/> would change of what is served now.</summary>
    Task<IReadOnlyList<TemplateDifference>> CompareAsync(CancellationToken cancellationToken);
}

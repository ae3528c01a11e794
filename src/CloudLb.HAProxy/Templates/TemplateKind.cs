namespace CloudLb.HAProxy.Templates;

/// <summary>What a template writes; the files bear these names in lower case.</summary>
internal enum TemplateKind
{
    /// <summary>The section of each process that is about the process itself.</summary>
    Global,

    /// <summary>A section of defaults, of which there are several.</summary>
    Defaults,

    /// <summary>A listener.</summary>
    Frontend,

    /// <summary>A pool.</summary>
    Backend,

    /// <summary>Words at the end of a member's line.</summary>
    Server,

    /// <summary>Sections beside those of a load balancer.</summary>
    Sections,
}

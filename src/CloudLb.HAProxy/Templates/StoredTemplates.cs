namespace CloudLb.HAProxy.Templates;

/// <summary>A set of templates as it stands in a file.</summary>
internal sealed record StoredTemplates(string Directory, string? Template, StoredFile[] Files);

internal sealed record StoredFile(string Path, string Text);

namespace CloudLb.Storage.Sqlite;

/// <summary>A row of <c>resource</c>. Its document is null once the resource is deleted.</summary>
internal sealed record ResourceRow(string Kind, string Key, long Revision, long Version, string? Document);

namespace CloudLb.Core.AccessLogs;

/// <summary>A piece of what the data plane writes down, which only ever grows.</summary>
/// <param name="Name">Never used for another part again.</param>
/// <param name="Length">Bytes that it has now.</param>
public sealed record AccessLogPart(string Name, long Length);

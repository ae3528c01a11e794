namespace CloudLb.Core.AccessLogs;

/// <summary>What a rule has made of a request. Texts are bytes, one character each (Latin-1).</summary>
/// <param name="Host">The new host; null where the rule does not rewrite it.</param>
/// <param name="Target">The new path with its query; null where the rule does not rewrite it.</param>
/// <param name="Outcome">In AWS's word, such as <c>TransformSuccess</c>.</param>
public sealed record AccessLogTransform(string? Host, string? Target, string Outcome);

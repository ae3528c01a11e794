namespace CloudLb.AwsApi.Foreign;

/// <summary>What became of a call at another endpoint.</summary>
/// <param name="Status">Null when it has not answered.</param>
/// <param name="RequestId">The id in its answer, if there was one.</param>
/// <param name="Error">Why there is no answer.</param>
public sealed record UpstreamAnswer(int? Status, string? RequestId, WireError? Error);

namespace CloudLb.AwsApi.Dispatch;

/// <summary>Marks an endpoint whose requests may be calls of ours.</summary>
/// <param name="IsQueryPath">Whether forms and JSON are sent there; otherwise CBOR alone.</param>
internal sealed record ApiEndpoint(bool IsQueryPath);

namespace CloudLb.AwsApi.Dispatch;

/// <summary>Marks the endpoint whose requests are AWS queries.</summary>
internal sealed class ApiEndpoint;

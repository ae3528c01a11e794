namespace CloudLb.AwsApi;

/// <summary>An error that the service's model lists for an operation.</summary>
public sealed record ErrorContract(string Code, int HttpStatus);

namespace CloudLb.AwsApi;

/// <summary>Ends a request with an error that the protocol itself, not the service behind it, has found.</summary>
public sealed class WireException(WireError error) : Exception(error.Message ?? error.Code)
{
    public WireError Error { get; } = error;
}

namespace CloudLb.Core;

/// <summary>The caller's mistake, answered with AWS's own error code and words.</summary>
public sealed class ServiceException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code { get; } = code;
}

namespace CloudLb.Core;

/// <summary>The caller's mistake, answered with AWS's own error code and words.</summary>
/// <param name="code">As it stands on the wire; an API takes it from its contract.</param>
/// <param name="httpStatus">What it is answered with.</param>
/// <param name="message">For the caller.</param>
public sealed class ServiceException(string code, int httpStatus, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int HttpStatus { get; } = httpStatus;

    /// <summary>
    /// What nobody can do now. Of AWS's table of common errors, which no model lists; what all APIs share has no other to throw.
    /// </summary>
    public static ServiceException Unavailable(string message) => new("ServiceUnavailable", 503, message);
}

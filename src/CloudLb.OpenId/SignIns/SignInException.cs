namespace CloudLb.OpenId.SignIns;

/// <summary>A client is not signed in; the message is for the operator.</summary>
/// <param name="status">What the client is answered.</param>
/// <param name="reason">AWS's word for it, which stands in access logs.</param>
/// <param name="message">What was wrong.</param>
/// <param name="inner">How that was seen.</param>
internal sealed class SignInException(int status, string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The provider has said, or done, what it should not.</summary>
    public const int OfProvider = 561;

    public int Status => status;

    public string Reason => reason;
}

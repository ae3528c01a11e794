namespace CloudLb.Tests.HAProxy.Desync;

/// <param name="Head">The request line and the headers, with the empty line; a character for each byte.</param>
/// <param name="Connection">What it came by.</param>
internal sealed record RecordedRequest(string Head, RecordedConnection Connection)
{
    /// <summary>
    /// Whether the load balancer said that it would not use the connection again: in HTTP/1.0 and before by not saying that it would.
    /// </summary>
    public bool IsLast => Says("close") || (!Head.Contains(" HTTP/1.1\r\n", StringComparison.Ordinal) && !Says("keep-alive"));

    private bool Says(string option) => Head.Contains($"\r\nconnection: {option}\r\n", StringComparison.OrdinalIgnoreCase);
}

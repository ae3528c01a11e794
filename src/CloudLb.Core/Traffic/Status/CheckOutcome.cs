namespace CloudLb.Core.Traffic.Status;

/// <summary>How a check ended, in no data plane's words.</summary>
public enum CheckOutcome
{
    /// <summary>In a way that the data plane tells by its own word alone.</summary>
    Other,

    Passed,

    /// <summary>No connection could be made.</summary>
    NotConnected,

    /// <summary>No connection was taken in time.</summary>
    ConnectTimeout,

    /// <summary>The TLS handshake was not completed in time.</summary>
    HandshakeTimeout,

    HandshakeFailed,

    /// <summary>The connection was taken, and no answer came in time.</summary>
    AnswerTimeout,

    /// <summary>What was answered is not HTTP, or was broken off.</summary>
    NotHttp,

    /// <summary>The answer is HTTP with another status than is wanted.</summary>
    WrongStatus,

    /// <summary>The connection broke before there was an answer.</summary>
    ConnectionBroken,
}

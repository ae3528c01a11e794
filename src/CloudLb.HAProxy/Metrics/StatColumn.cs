namespace CloudLb.HAProxy.Metrics;

/// <summary>The columns of <c>show stat</c> that are read, by HAProxy's names in its management guide, section 9.1.</summary>
internal enum StatColumn
{
    /// <summary>qmax.</summary>
    QueueMaximum = 3,

    /// <summary>scur.</summary>
    Sessions = 4,

    /// <summary>stot; of a server, each attempt to connect counts.</summary>
    SessionsTotal = 7,

    /// <summary>bin.</summary>
    BytesIn = 8,

    /// <summary>bout.</summary>
    BytesOut = 9,

    /// <summary>dreq.</summary>
    RequestsDenied = 10,

    /// <summary>ereq.</summary>
    RequestErrors = 12,

    /// <summary>econ: the last of a request's attempts.</summary>
    ConnectionErrors = 13,

    /// <summary>eresp: of a server, requests that it did not answer, or not in time.</summary>
    AnswersFailed = 14,

    /// <summary>wretr: an attempt that was followed by another to the same server.</summary>
    Retries = 15,

    /// <summary>wredis: an attempt that was followed by one to another server.</summary>
    Redispatches = 16,

    /// <summary>chkfail: only those that failed while the server was up.</summary>
    ChecksFailed = 21,

    Type = 32,

    CheckStatus = 36,

    /// <summary>hrsp_2xx.</summary>
    Answers2xx = 40,

    Answers3xx = 41,

    Answers4xx = 42,

    Answers5xx = 43,

    /// <summary>req_tot: of a server, requests whose answer has begun, or whose client went away.</summary>
    RequestsTotal = 48,

    /// <summary>ctime: milliseconds, an average over about the last 512.</summary>
    ConnectTime = 59,

    /// <summary>rtime: milliseconds, an average over about the last 512.</summary>
    ResponseTime = 60,

    Mode = 75,

    /// <summary>conn_tot, of a frontend.</summary>
    ConnectionsTotal = 79,
}

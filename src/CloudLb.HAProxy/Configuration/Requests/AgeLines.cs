namespace CloudLb.HAProxy.Configuration;

/// <summary>How long clients have their connections, where a load balancer bounds that.</summary>
/// <remarks>
/// A connection of HTTP/1 ends with the first answer after its time. One of HTTP/2 does not: HAProxy tells clients of it that theirs ends
/// where the whole process does, and nowhere else (2.6.12). So the process notes that it has one which had its time, by a converter in the
/// header that ends the others, which costs the usual answer nothing; whoever finds the note has the next process take over.
/// </remarks>
internal static class AgeLines
{
    /// <summary>The latest version of HTTP on a connection that was used after its time; 0 when none was.</summary>
    public const string Noted = "proc.aged";

    // An upgrade is no end of a connection.
    private const string IsAged = "if { date,sub(sess.until) ge 0 } !{ status 101 }";

    public static void WriteGlobal(ConfigText text) => text.Line("set-var").Word(Noted).Constant("int(0)");

    /// <summary>Rules of the defaults of listeners.</summary>
    public static void Write(ConfigText text, CommonSettings settings)
    {
        var value = settings.Http2LoadBalancers > 0 ? $"%[fc_http_major,set-var({Noted},iflt),iif(close,close)]" : "close";
        text.Line("http-after-response").Constant($"set-header Connection {value} {IsAged}");
    }

    /// <summary>When the time of a connection to the listener is over.</summary>
    public static void WriteListener(ConfigText text, TimeSpan time) =>
        text.Line("tcp-request").Constant($"connection set-var(sess.until) date({(long)time.TotalSeconds})");
}

using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What is logged of TLS listeners without HTTP whose load balancer has rules, or could: a line for each connection.</summary>
internal static class TlsLogLines
{
    private const string Line =
        "N %[date(0,us)] %f %ci %cp %fi %fp %Th %Tt %U %B %sslc %sslv %[ssl_fc_sni,base64] %[ssl_fc_alpn,base64] %[var(sess.cert)] " +
        "%[ssl_fc_err]";

    /// <summary>The lines of a listener, whose defaults have another form.</summary>
    public static void Write(ConfigText text)
    {
        text.Line("log-format").Constant($"\"{Line}\"");
        text.Line("error-log-format").Constant($"\"{Line}\"");
    }

    /// <summary>After the listener's rules about connections.</summary>
    public static void WriteRules(ConfigText text, PlannedListener listener)
    {
        if (listener.Tls is { NamedCertificateIds: not null })
        {
            text.Block(ConnectionLogLines.Certificate);
        }
    }
}

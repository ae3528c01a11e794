using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// How connections come into the log, which HAProxy writes by requests (2.6): the line of the first request says when its connection was
/// accepted, and no other line does. A connection that never comes to a request, or to no TLS, has a line of another form.
/// </summary>
/// <remarks>A connection by HTTP/2 that ends before its first request has no line at all: HAProxy logs none (2.6.12).</remarks>
internal static class ConnectionLogLines
{
    /// <summary>The form of lines of connections that never came to a request, and of requests that could not be read.</summary>
    public const string Failed =
        $"G %[date(0,us)] %f %ci %cp %ST %ts %Ta %Th %sslc %sslv %[var(sess.id)] %[var(sess.at)] %[ssl_fc_err] " +
        $"%[ssl_c_err] %[ssl_c_ca_err] {ClientFields}";

    // Of what a client shows nothing but digits is taken on trust.
    private const string ClientFields =
        "%[ssl_c_serial,hex]/%[ssl_c_notbefore,hex]/%[ssl_c_notafter,hex]/%[ssl_c_s_dn(,0,rfc2253),bytes(0,1024),ub64enc]";

    /// <summary>Before every rule that could refuse a request.</summary>
    public const string FirstRequest = """
          http-request set-var-fmt(txn.new) %[var(sess.at)]/%Th/%[var(sess.client)] if { var(sess.at) -m found }
          http-request unset-var(sess.at) if { var(txn.new) -m found }
        """;

    // Nobody is told of a connection without a byte where requests alone are logged.
    private const string Accepted = """
          no option dontlognull
          tcp-request connection set-var(sess.at) date(0,us)
        """;

    /// <summary>Of the certificate that was shown, of those that a listener has.</summary>
    public const string Certificate = """
          tcp-request session set-var(sess.cert) ssl_f_sha1,hex
        """;

    private const string Client = $$"""
          tcp-request session set-var-fmt(sess.client) "{{ClientFields}}" if { ssl_c_used }
        """;

    private const string FirstAlone = """
          http-request set-log-level silent unless { var(txn.new) -m found }
        """;

    /// <summary>What a process that passes a request on says of its connection besides.</summary>
    public const string Told = "/%[var(sess.id)]/%[var(sess.cert)]/%[ssl_fc_sni,ub64enc]";

    /// <summary>Where such a request comes.</summary>
    public const string TakenUp = """
          http-request set-var(sess.id) var(txn.from),field(7,/)
          http-request set-var(sess.cert) var(txn.from),field(8,/)
        """;

    /// <summary>Where it is passed on: it is logged there, but for its connection.</summary>
    public const string PassedOn = FirstAlone;

    /// <summary>Rules of a listener.</summary>
    public static void WriteListener(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener)
    {
        if (planned.AreConnectionsLogged)
        {
            text.Block(Accepted);
        }

        if (listener.Tls is { NamedCertificateIds: not null })
        {
            text.Block(Certificate);
        }

        if (planned.AreConnectionsLogged && listener.Tls is { ClientAuthentication: not null })
        {
            text.Block(Client);
        }

        if (!planned.IsLogged)
        {
            text.Block(FirstAlone);
        }
    }
}

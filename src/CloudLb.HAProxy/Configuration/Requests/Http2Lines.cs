using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// How many requests over HTTP/2 a load balancer has at once. To HAProxy a connection is one, whatever it carries, and so it is in its load
/// balancer's share (<see cref="ShareLines"/>); what costs memory are the requests on it. One that is answered to a client who does not
/// read takes two buffers of <see cref="GlobalSection.BufferSize"/>, a connection three more (2.6.12).
/// </summary>
/// <remarks>
/// <para>
/// What a client has cancelled counts until HAProxy is done with it, and so a client that cancels whatever it begins gains nothing. The
/// rules are looked at by requests over HTTP/2 alone, which take the counter that operators' templates may use.
/// </para>
/// <para>
/// Where all load balancers together could have more than the process has in connections, each has one connection's for itself, and what
/// it has beyond is counted with that of others: there are so many counters, and an address has one of them. So there is a bound of all
/// together, and nobody is left without.
/// </para>
/// </remarks>
internal static class Http2Lines
{
    /// <summary>The streams of a connection, as AWS has them.</summary>
    public const int Streams = 128;

    // What a client may have under way of one body: with HAProxy's own 65,535 one round trip of 64 KB follows the other. It takes no memory
    // and keeps nobody else from anything: a buffer bounds what is held of a request, and HAProxy gives the window back as soon as
    // something stands in that, so that a member that does not read holds up the other requests of the connection either way (2.6.12).
    private const int Window = 1024 * 1024;

    /// <summary>Whether a request came over it.</summary>
    public const string IsUsed = "{ fc_http_major 2 }";

    private const string Table = "of_streams", Beyond = "more_streams";

    // A load balancer may have a quarter of what the process has in connections, and less where there are many; never less than one
    // connection's.
    private const int FewestParts = 4, MostParts = 16, LoadBalancersAPart = 4;

    /// <summary>Whether clients of a load balancer are offered it.</summary>
    public static bool IsSpoken(PlannedLoadBalancer planned) => planned.Listeners.Any(listener => listener.Http is { IsHttp2: true });

    /// <summary>The requests that one load balancer has at once.</summary>
    public static int MostOf(CommonSettings settings) => Math.Max(Streams, settings.MaxConnections / PartsOf(settings));

    /// <summary>Those of all load balancers together.</summary>
    public static long MostOfAll(CommonSettings settings) => IsDivided(settings)
        ? ((long)settings.Http2LoadBalancers * Streams) + (PartsOf(settings) * (MostOf(settings) - Streams))
        : (long)settings.Http2LoadBalancers * MostOf(settings);

    /// <summary>
    /// What the process is told of connections beyond those that it accepts: it has two descriptors for each, and a request of those on one
    /// connection takes one to its member. Nobody's requests find none because of others' so, where the machine allows as many.
    /// </summary>
    public static int MoreConnections(CommonSettings settings) =>
        (int)Math.Min(MostOfAll(settings), settings.FreeDescriptors) / 2;

    public static void WriteGlobal(ConfigText text, CommonSettings settings)
    {
        text.Line("tune.h2.max-concurrent-streams").Number(Streams);
        if (!settings.AreWindowsSized)
        {
            text.Line("tune.h2.initial-window-size").Number(Window);
        }
    }

    public static void WriteTable(ConfigText text, CommonSettings settings)
    {
        text.Section("backend").Word(Table).Constant("from base");
        text.Line("stick-table").Constant("type ipv6 size 4k expire 1m store conn_cur");
        if (IsDivided(settings))
        {
            text.Section("backend").Word(Beyond).Constant("from base");
            text.Line("stick-table").Constant("type integer size 1k expire 1m store conn_cur");
        }
    }

    /// <summary>Rules of the defaults of listeners. What is refused has been read, and was given no more than its own memory.</summary>
    public static void Write(ConfigText text, CommonSettings settings)
    {
        if (IsDivided(settings))
        {
            const string IsBeyond = "{ var(txn.beyond) -m found }";
            text.Line("http-request")
                .Constant($"set-var(txn.beyond) bool(true) if {IsUsed} {{ dst,table_conn_cur({Table}) ge {Streams} }}");
            text.Line("http-request").Constant($"track-sc2 dst table {Table} if {IsUsed} !{IsBeyond}");
            text.Line("http-request")
                .Constant($"track-sc2 dst,djb2,mod({PartsOf(settings)}) table {Beyond} if {IsUsed} {IsBeyond}");
            text.Line("http-request").Constant(
                $"deny deny_status 503 if {{ sc2_conn_cur gt {MostOf(settings) - Streams} }} {IsUsed} {IsBeyond}");
            return;
        }

        text.Line("http-request").Constant($"track-sc2 dst table {Table} if {IsUsed}");
        text.Line("http-request").Constant($"deny deny_status 503 if {{ sc2_conn_cur gt {MostOf(settings)} }} {IsUsed}");
    }

    /// <summary>A listener's protocols where an operator's template has the counter: without HTTP/2.</summary>
    public static PlannedTls Without(PlannedTls tls) =>
        tls with { Alpn = tls.Alpn.Where(protocol => protocol != "h2").DefaultIfEmpty("http/1.1").ToEquatableArray() };

    private static bool IsDivided(CommonSettings settings) =>
        MostOf(settings) > Streams && (long)settings.Http2LoadBalancers * MostOf(settings) > settings.MaxConnections;

    private static int PartsOf(CommonSettings settings) =>
        Math.Clamp(settings.LoadBalancers / LoadBalancersAPart, FewestParts, MostParts);
}

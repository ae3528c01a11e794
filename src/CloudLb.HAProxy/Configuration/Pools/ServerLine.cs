using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A member, for the file and for <c>add server</c> alike, since a server added at run time inherits nothing from <c>default-server</c>.
/// </summary>
internal static class ServerLine
{
    // What a server of the file has by itself: without it one that was added at run time keeps no idle connection (2.6.12: idle_lim 0), and
    // each request opens a new one, at three times the processor time.
    private const string IdlePool = "pool-max-conn -1 pool-purge-delay 5s";

    /// <param name="text">What it is added to.</param>
    /// <param name="member">The member.</param>
    /// <param name="pool">Whose member it is.</param>
    /// <param name="capabilities">Of the HAProxy that is to read it.</param>
    /// <param name="more">An operator's words, checked.</param>
    public static void Write(
        ConfigText text, PlannedMember member, PlannedPool pool, HAProxyCapabilities capabilities, string more = "") =>
        Operators(
            Settings(text.Line("server").Name(MemberName.OfServer(pool, member)), member, pool, member.Weight, capabilities), more);

    /// <summary>
    /// The command that adds the member so that nothing reaches it before it is checked: down, or with weight 0 until it is forced down.
    /// </summary>
    public static string AddCommand(
        MemberName name, PlannedMember member, PlannedPool pool, HAProxyCapabilities capabilities, string more = "")
    {
        var line = new ConfigLine(new()).Constant("add server").Constant($"{Name.Checked(name.Pool)}/{Name.Checked(name.Instance)}");
        var hasOwnWeight = capabilities.HasInitialState || !pool.IsChecked || IsReachedByCookie(pool, capabilities);
        Operators(Settings(line, member, pool, hasOwnWeight ? member.Weight : 0, capabilities), more).Constant(IdlePool);
        return (capabilities.HasInitialState && pool.IsChecked ? line.Constant("init-state down") : line).ToString();
    }

    /// <summary>Whether a member must never be up with weight 0, which keeps no client away whose cookie names it.</summary>
    /// <remarks>
    /// A request that reaches it then spoils the order of the pool's servers, and the process crashes after the server is deleted (3.0.11,
    /// 3.2.26 and 3.4.7, with leastconn). With its own weight it does not.
    /// </remarks>
    public static bool IsReachedByCookie(PlannedPool pool, HAProxyCapabilities capabilities) =>
        capabilities.GivesCookiesAtOnce && pool.Stickiness is not null;

    private static ConfigLine Operators(ConfigLine line, string more) => more.Length > 0 ? line.Constant(more) : line;

    private static ConfigLine Settings(
        ConfigLine line, PlannedMember member, PlannedPool pool, int weight, HAProxyCapabilities capabilities) =>
        Checked(
            Bounded(
                ChainLines.WriteServer(Introduced(
                    Secure(line.Endpoint(member.Address, member.Port).Word("weight").Number(weight), member, pool, capabilities), pool),
                    pool),
                pool),
            member, pool);

    private static ConfigLine Checked(ConfigLine line, PlannedMember member, PlannedPool pool) =>
        pool.IsChecked ? Closed(Check(line, pool.Probe.PortOf(member), pool.Probe), pool) : line;

    // Maintenance, in which a member drains, counts as down too.
    private static ConfigLine Closed(ConfigLine line, PlannedPool pool) =>
        pool is { IsClosedOnFailure: true, DrainsWhenRemoved: false } ? line.Constant("on-marked-down shutdown-sessions") : line;

    private static ConfigLine Bounded(ConfigLine line, PlannedPool pool) =>
        pool.MaxConnectionsPerMember > 0 ? line.Word("maxconn").Number(pool.MaxConnectionsPerMember) : line;

    // A check that has a port of its own carries no PROXY line, as at AWS (HAProxy's documentation of check-send-proxy; tried with 2.6.12).
    private static ConfigLine Introduced(ConfigLine line, PlannedPool pool) => pool.ProxyProtocol switch
    {
        ProxyProtocol.Version1 => line.Word("send-proxy"),
        ProxyProtocol.Version2 => line.Word("send-proxy-v2"),
        _ => line,
    };

    // AWS's default policy holds for instances too, so they may be as old as TLS 1.0. OpenSSL 3 refuses TLS 1.0 and 1.1 and old ciphers
    // above level 0. None with DHE, as that policy has none: the group is the instance's to choose, and one of 10,000 bits, the most that
    // OpenSSL 3.0 takes, holds a thread of the process that all share for 0.7 s at each handshake (2.6.12).
    private const string OldTls = "ssl-min-ver TLSv1.0 ciphers ALL:!aNULL:!eNULL:!PSK:!SRP:!DHE:@SECLEVEL=0";

    // Without accepted keys neither traffic nor a check looks at the member's certificate, as at AWS.
    private static ConfigLine Secure(ConfigLine line, PlannedMember member, PlannedPool pool, HAProxyCapabilities capabilities) =>
        pool.AcceptedKeys is not null ? WithoutHost(PinLines.Write(line, member, pool.Probe).Constant(OldTls), capabilities)
        : member.IsSecure ? Version(WithoutHost(line.Constant("ssl verify none").Constant(OldTls), capabilities), pool, "alpn h2")
        : Version(CheckedSecurely(line, pool), pool, "proto h2");

    private static ConfigLine CheckedSecurely(ConfigLine line, PlannedPool pool) =>
        pool.Probe.Protocol is ProbeProtocol.Ssl or ProbeProtocol.Https ? line.Constant("verify none").Constant(OldTls) : line;

    private static ConfigLine Version(ConfigLine line, PlannedPool pool, string words) =>
        pool.MemberProtocol == MemberProtocol.Http1 ? line : line.Constant(words);

    private static ConfigLine WithoutHost(ConfigLine line, HAProxyCapabilities capabilities) =>
        capabilities.TellsHostInHandshake ? line.Word("no-sni-auto") : line;

    // A check with a port of its own is plain unless its rules say otherwise, also where the traffic is not (2.6); no-check-ssl is refused
    // at run time.
    private static ConfigLine Check(ConfigLine line, int port, PlannedProbe probe) => line
        .Word("check").Word("port").Number(port)
        .Word("inter").Milliseconds(probe.Interval)
        .Word("rise").Number(probe.Rise)
        .Word("fall").Number(probe.Fall);
}

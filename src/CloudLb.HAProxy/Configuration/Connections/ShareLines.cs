namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// How the load balancers of a process divide the connections that it accepts at once. Each has a share that the others cannot take; what
/// is beyond the shares anybody may use. Beyond its share, a load balancer accepts so many connections of one source that have sent nothing
/// yet, and no more.
/// </summary>
/// <remarks>
/// <para>
/// With <c>n</c> load balancers, shares of <c>s</c> and <c>m</c> connections at once, nobody goes beyond a share while there are more than
/// <c>m − (n − 1)s</c> (less some for commands):
/// whoever has filled the process up to there, the others' shares fit into the rest, so the process is never full, where HAProxy would
/// accept for nobody. A listener that has filled it alone waits, and its clients in the system's queue; otherwise what is beyond is
/// refused.
/// </para>
/// <para>
/// HAProxy cannot take one from a counter (2.6), so silent connections are those accepted lately less those that have sent a request
/// lately, by the time in which a first request is due; a connection that has sent nothing for longer is closed.
/// </para>
/// </remarks>
internal static class ShareLines
{
    // A quarter of the connections is divided into shares: with 8,000 and 128 load balancers 15 each, with ten 200.
    private const int Divided = 4;

    // CloudLb's own, and those of operators at the socket for commands, which HAProxy counts too and accepts so many of.
    private const int Commands = 10;

    private const string ByLoadBalancer = "of_load_balancers", BySource = "of_sources";

    private const string All = "set-var-fmt(sess.all) %ac";

    // A load balancer has an address of its own. The rest of an IPv6 address is its owner's to choose.
    private const string Tracked = $$"""
          tcp-request connection track-sc0 dst table {{ByLoadBalancer}}
        """;

    // In hexadecimal, as an address in its usual spelling costs three times as many instructions (2.6.12: 3,100 of a connection's 19,600).
    private const string TrackedSources = $$"""
          tcp-request connection set-var(sess.source) src,ipmask(32,64),hex
          tcp-request connection track-sc1 dst,hex,concat(-,sess.source) table {{BySource}}
        """;

    // Counts by asking for the count.
    private const string FirstRequest = """
          http-request set-var(sess.spoke) sc_inc_gpc1(1) unless { var(sess.spoke) -m found }
        """;

    /// <summary>The connections of each load balancer that no other can take; none when they do not go round.</summary>
    public static int ShareOf(CommonSettings settings) => settings.MaxConnections / Divided / Math.Max(1, settings.LoadBalancers);

    /// <summary>The connections of a process beyond which nobody goes beyond a share.</summary>
    public static int FreeOf(CommonSettings settings) =>
        settings.MaxConnections - Commands - (ShareOf(settings) * Math.Max(0, settings.LoadBalancers - 1));

    /// <summary>What is counted: connections by load balancer, and by load balancer and source.</summary>
    public static void WriteTables(ConfigText text, CommonSettings settings)
    {
        var window = (long)settings.FirstRequestTimeout.TotalMilliseconds;
        text.Section("backend").Word(ByLoadBalancer).Constant("from base");
        text.Line("stick-table").Constant("type ipv6 size 4k expire 1m store conn_cur");
        text.Section("backend").Word(BySource).Constant("from base");
        text
            .Line("stick-table")
            .Constant($"type string len 80 size 20k expire {2 * window}ms store gpc0,gpc0_rate({window}ms),gpc1,gpc1_rate({window}ms)");
    }

    /// <summary>Rules of the defaults of listeners; the listener's own line is <see cref="WriteAccepted"/>.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="settings">What is divided.</param>
    /// <param name="isHttp">Whether requests are understood.</param>
    /// <param name="frontends">That each listener has, with an equal part of what it may take.</param>
    public static void Write(ConfigText text, CommonSettings settings, bool isHttp, int frontends = 1)
    {
        var (share, free) = (ShareOf(settings), FreeOf(settings));
        text.Line("maxconn").Number(Math.Max(1, free / frontends));
        text.Block(Tracked);

        // Within its share nothing else is asked of a connection, and only what comes by the shared address is counted later.
        var isBeyond = $"{{ sc0_conn_cur gt {share} }}";
        text.Line("tcp-request").Constant($"connection {All}{(settings.IsShared ? "" : $" if {isBeyond}")}");
        text.Line("tcp-request").Constant($"connection reject if {isBeyond} {{ var(sess.all) -m int gt {free} }}");
        if (isHttp && settings.IsShared)
        {
            SharedLines.WriteShare(text, ByLoadBalancer, free, share);
        }

        if (isHttp)
        {
            var silent = Math.Min(settings.MaxSilentConnectionsPerSource, settings.MaxConnections / 2);
            text.Block(TrackedSources);
            text.Line("tcp-request").Constant($"connection set-var(sess.spoken) sc1_gpc1_rate if {isBeyond}");
            text.Line("tcp-request").Constant($"connection reject if {isBeyond} {{ sc1_gpc0_rate,sub(sess.spoken) ge {silent} }}");
            text.Block(FirstRequest);
        }
    }

    /// <summary>
    /// What processes before this one pass on takes no share either: clients whose request finds no room lose their connections, and find
    /// their share with new ones.
    /// </summary>
    public static void WritePassedOn(ConfigText text, CommonSettings settings)
    {
        text.Line("tcp-request").Constant($"connection {All}");
        text.Line("tcp-request").Constant($"connection reject if {{ var(sess.all) -m int gt {FreeOf(settings)} }}");
    }

    /// <summary>
    /// The connection is accepted, and has sent nothing yet. Without a rule of a listener's own, HAProxy looks at none of its defaults
    /// (2.6).
    /// </summary>
    public static void WriteAccepted(ConfigText text, bool isHttp) =>
        text.Line("tcp-request").Constant(isHttp ? "connection sc-inc-gpc0(1)" : "connection accept");
}

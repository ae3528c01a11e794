using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// How a listener takes what comes to an address that it shares with others: from the front process, over a socket, with the client's
/// address and port before it (PROXY protocol). There is nothing of it where no listener shares an address.
/// </summary>
/// <remarks>
/// Rules of a connection see nothing of the client there, as they come before the PROXY line; those of a session do (2.6.12).
/// </remarks>
internal static class SharedLines
{
    /// <summary>What <c>so_name</c> says of a connection that came by the front.</summary>
    public const string BindName = "shared";

    private const string IsShared = $"{{ so_name {BindName} }}", Misdirected = "misdirected", OwnHost = "own_host";

    /// <summary>Whether a listener is reached by host names.</summary>
    public static bool IsReachedByName(PlannedListener listener) => listener is { SharedAt: not null, Mode: TrafficMode.Http };

    /// <summary>
    /// Whether the load balancer's host names are lines of the listener: TLS names one host, and a request may name another.
    /// </summary>
    public static bool NamesHosts(PlannedListener listener) => IsReachedByName(listener) && listener.Tls is not null;

    /// <summary>What <see cref="WriteListener"/> sends to.</summary>
    public static void WriteCommon(ConfigText text)
    {
        text.Section("backend").Word(Misdirected).Constant("from base");
        BodyLines.WriteWait(text);
        text.Line("http-request").Constant("return status 421");
    }

    /// <summary>The begin of the additional <c>bind</c>.</summary>
    public static ConfigLine Bind(ConfigText text, string socket, uint? user)
    {
        var bind = text.Line("bind").Quoted($"unix@{socket}").Constant("mode 600");
        if (user is { } id)
        {
            bind.Word("uid").Number(id);
        }

        return bind.Word("accept-proxy").Word("name").Word(BindName);
    }

    /// <summary>The share of a load balancer holds for these connections too: the front names its own address as where they went.</summary>
    public static void WriteShare(ConfigText text, string table, int free, int share)
    {
        text.Line("tcp-request").Constant($"session track-sc0 dst table {table} if {IsShared}");
        text.Line("tcp-request")
            .Constant($"session reject if {IsShared} {{ var(sess.all) -m int gt {free} }} {{ sc0_conn_cur gt {share} }}");
    }

    /// <summary>Only allowed sources, by a list of that name, and what other load balancers send where they do.</summary>
    public static void WriteSources(ConfigText text, string list, bool isTarget)
    {
        text.Line("tcp-request")
            .Constant($"connection reject unless {list} or {IsShared}{(isTarget ? $" or {ChainLines.IsChained}" : "")}");
        text.Line("tcp-request").Constant($"session reject if {IsShared} !{list}");
    }

    /// <summary>
    /// A request for a host of another load balancer's, on a connection that TLS has led here: its client must make another one.
    /// </summary>
    public static void WriteListener(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener)
    {
        if (!NamesHosts(listener))
        {
            return;
        }

        foreach (var name in planned.HostNames)
        {
            text.Line("acl").Word(OwnHost).Constant("req.hdr(host),host_only,lower -m str").Name(name);
        }

        text.Line("use_backend").Word(Misdirected).Constant($"if {IsShared} {{ req.hdr(host) -m found }} !{OwnHost}");
    }
}

using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// How one load balancer sends to another's listener: with the client's address and port before what it says (PROXY protocol), from an
/// address of this machine that nothing from outside can have as its own, so that the listener knows whom to believe.
/// </summary>
/// <remarks>
/// Rules of a connection see the address of this machine, as they come before the PROXY line; those of a session see the client's, and
/// this machine's again of a check, which speaks for itself (2.6.12).
/// </remarks>
internal static class ChainLines
{
    /// <summary>Where such connections come from: any address of the loopback network is there without being set up.</summary>
    public static readonly IPAddress Source = IPAddress.Parse("127.67.76.66");

    /// <summary>The condition's name; it holds for connections before their PROXY line, and for checks.</summary>
    public const string IsChained = "chained";

    /// <summary>Of a listener that load balancers send to.</summary>
    public static void WriteListener(ConfigText text)
    {
        text.Line("acl").Word(IsChained).Word("src").Word(Source.ToString());
        text.Line("tcp-request").Constant($"connection expect-proxy layer4 if {IsChained}");
    }

    /// <summary>Only allowed sources, by a list of that name.</summary>
    public static void WriteSources(ConfigText text, string list) =>
        text.Line("tcp-request").Constant($"session reject if {{ fc_rcvd_proxy }} !{list} !{IsChained}");

    /// <summary>
    /// Of a pool: its member is told that clients came to its own address and port, and not to the load balancer's before it.
    /// </summary>
    public static void WritePool(ConfigText text, IPEndPoint place)
    {
        text.Line("tcp-request").Constant($"content set-dst str({place.Address})");
        text.Line("tcp-request").Constant($"content set-dst-port int({place.Port})");
    }

    /// <summary>
    /// Of a server; its checks are told from others too, and their rules say so once more where they connect by themselves.
    /// </summary>
    public static ConfigLine WriteServer(ConfigLine line, PlannedPool pool) => pool.LoadBalancer is null
        ? line
        : line.Word("source").Word(Source.ToString()).Constant("send-proxy-v2 check-send-proxy");
}

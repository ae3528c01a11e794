using System.Net;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Where a listener is that host names lead to.</summary>
/// <param name="Listener">The name of its frontend.</param>
/// <param name="Address">Its load balancer's own address, which stands for it in what it counts.</param>
/// <param name="IsSecure">Whether it speaks TLS.</param>
internal sealed record FrontRoute(string Listener, IPAddress Address, bool IsSecure)
{
    /// <summary>What stands beside a host name in a map.</summary>
    public string Text => $"{Address}/{Naming.Name.Checked(Listener)}";
}

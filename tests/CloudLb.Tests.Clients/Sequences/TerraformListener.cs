using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>A <c>listener</c> block.</summary>
internal sealed record TerraformListener(
    int LbPort, string LbProtocol, int InstancePort, string InstanceProtocol, string SslCertificateId = "")
{
    /// <summary>As it is sent: the certificate is there even when it is empty.</summary>
    public object Sent =>
        new { InstancePort, InstanceProtocol, LoadBalancerPort = LbPort, Protocol = LbProtocol, SSLCertificateId = SslCertificateId };

    /// <summary>As it is read: protocols in lower case, and no certificate is an empty one.</summary>
    public static TerraformListener Read(XElement listener) => new(
        int.Parse(listener.Need("LoadBalancerPort").Value, null),
        listener.Need("Protocol").Value.ToLowerInvariant(),
        int.Parse(listener.Need("InstancePort").Value, null),
        listener.Need("InstanceProtocol").Value.ToLowerInvariant(),
        listener.Text("SSLCertificateId") ?? "");
}

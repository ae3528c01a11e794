using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>One port of a Service, as a Classic listener.</summary>
/// <param name="Port">Where clients come to.</param>
/// <param name="Protocol">In lower case, as is <paramref name="NodeProtocol"/>: the controller compares them so.</param>
/// <param name="NodePort">Where every node listens for it.</param>
/// <param name="NodeProtocol">How nodes are spoken to.</param>
/// <param name="Certificate">Its ARN; none and an empty one are not the same.</param>
internal sealed record KubernetesPort(int Port, string Protocol, int NodePort, string NodeProtocol, string? Certificate)
{
    public static KubernetesPort Of(XElement listener) => new(
        Number(listener, "LoadBalancerPort"), listener.Need("Protocol").Value.ToLowerInvariant(), Number(listener, "InstancePort"),
        listener.Need("InstanceProtocol").Value.ToLowerInvariant(), listener.Text("SSLCertificateId"));

    /// <summary>As it is sent.</summary>
    public object ToListener() => new
    {
        InstancePort = NodePort, InstanceProtocol = NodeProtocol, LoadBalancerPort = Port, Protocol, SSLCertificateId = Certificate,
    };

    private static int Number(XElement element, string name) => int.Parse(element.Need(name).Value, CultureInfo.InvariantCulture);
}

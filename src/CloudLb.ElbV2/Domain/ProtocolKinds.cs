namespace CloudLb.ElbV2.Domain;

/// <summary>What protocols have in common.</summary>
internal static class ProtocolKinds
{
    extension(Protocol protocol)
    {
        /// <summary>Whether requests are understood, as application load balancers do.</summary>
        public bool IsHttp => protocol is Protocol.HTTP or Protocol.HTTPS;

        /// <summary>Whether it is carried over TLS.</summary>
        public bool IsSecure => protocol is Protocol.HTTPS or Protocol.TLS;

        /// <summary>Whether datagrams are carried, alone or beside connections.</summary>
        public bool HasDatagrams => protocol is Protocol.UDP or Protocol.TCP_UDP;
    }

    /// <summary>Whether a listener may send to a group.</summary>
    public static bool CanForwardTo(this Protocol listener, Protocol group) => listener switch
    {
        Protocol.TCP => group is Protocol.TCP or Protocol.TCP_UDP,
        Protocol.UDP => group.HasDatagrams,
        Protocol.TCP_UDP => group == Protocol.TCP_UDP,
        Protocol.TLS => group is Protocol.TCP or Protocol.TLS,
        _ => group.IsHttp,
    };
}

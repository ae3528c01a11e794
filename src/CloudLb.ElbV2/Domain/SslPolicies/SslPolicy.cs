using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>A predefined policy of how TLS is negotiated with clients.</summary>
/// <param name="Name">AWS's; by its case.</param>
/// <param name="Protocols">As AWS spells them: <c>TLSv1.2</c>.</param>
/// <param name="Ciphers">OpenSSL's names, and those of TLS 1.3 by IANA's, in the order of preference.</param>
/// <param name="LoadBalancerTypes">The types that it is for, as on the wire.</param>
internal sealed record SslPolicy(
    string Name, EquatableArray<string> Protocols, EquatableArray<string> Ciphers, EquatableArray<string> LoadBalancerTypes);

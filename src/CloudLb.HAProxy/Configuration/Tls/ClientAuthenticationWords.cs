using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>How a listener asks its clients for certificates, on its <c>bind</c> line.</summary>
/// <remarks>
/// No session is taken up again at such a listener: a resumed one shows the client's own certificate alone and not its issuers' (2.6.12),
/// and what OpenSSL keeps of sessions is one for the whole process: a client that one listener has let in would be let in by every other,
/// whomever that trusts (tried, TLS 1.2). So it gives no tickets, and a process with such a listener keeps no sessions
/// (<see cref="NoSessions"/>). Tickets of other listeners are encrypted with keys that each has for itself.
/// </remarks>
internal static class ClientAuthenticationWords
{
    /// <summary>The directory of the authorities, beside the configuration.</summary>
    public const string Directory = "trust";

    /// <summary>In which certificates stand for a listener that looks at none: HAProxy asks for one with such a file alone.</summary>
    public const string NobodyFile = $"{Directory}/nobody.pem";

    /// <summary>For the whole process.</summary>
    public const string NoSessions = "tune.ssl.cachesize";

    /// <summary>The authority in <see cref="NobodyFile"/>, made for it. Nobody has its key.</summary>
    public const string Nobody = """
        -----BEGIN CERTIFICATE-----
        MIIBYzCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZub2JvZHkw
        HhcNMjYxMTMwMDYzOTQwWhcNMjYxMjAxMDYzOTQwWjARMQ8wDQYDVQQDDAZub2Jv
        ZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQmGuTrU3iplFjSjy8ZzxwXLRF5
        o+oZmlbmCIG/FgykzxtUJzaWRmih0shozbNyy/3L67szv+OI8n7yhYX8DVI3o1Mw
        UTAdBgNVHQ4EFgQUHy559zE+7FIYpMP5n6DSl1vsXxMwHwYDVR0jBBgwFoAUHy55
        9zE+7FIYpMP5n6DSl1vsXxMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNH
        ADBEAiBk9N4+8hXbOrKDuI6zx2KxgdGNdxiqFAllUyhoJn6GxwIgfbi4blCqtXS0
        1FsRveffBB+qRwfz+KTmjQzjTaVrEFs=
        -----END CERTIFICATE-----

        """;

    // OpenSSL's numbers of what is wrong with a certificate: no list of its authority is there; a list has no signature that holds (they
    // have none, and are ours); it is out of date.
    private const string NoList = "3", UnsignedList = "8", Expired = "10";

    /// <summary>The file with the certificates of a trust store.</summary>
    public static string AuthoritiesOf(string trustStoreId) => $"{Directory}/{Name.Checked(trustStoreId)}.pem";

    /// <summary>The file with what they have revoked, where that is anything: HAProxy refuses an empty one.</summary>
    public static string RevocationsOf(string trustStoreId) => $"{Directory}/{Name.Checked(trustStoreId)}.crl";

    /// <param name="line">The <c>bind</c> line.</param>
    /// <param name="asked">What is asked.</param>
    public static void Write(ConfigLine line, PlannedClientAuthentication asked)
    {
        if (asked.TrustStoreId is not { } id)
        {
            line.Constant("verify optional ca-file").Word(NobodyFile).Constant("crt-ignore-err all ca-ignore-err all no-ca-names");
        }
        else
        {
            var ignored = asked.IgnoresExpiry ? $"{NoList},{UnsignedList},{Expired}" : $"{NoList},{UnsignedList}";
            line.Constant("verify required ca-file").Word(AuthoritiesOf(id));
            if (asked.HasRevocations)
            {
                line.Word("crl-file").Word(RevocationsOf(id));
            }

            line.Word("crt-ignore-err").Word(ignored).Word("ca-ignore-err").Word(ignored);
            if (!asked.NamesAuthorities)
            {
                line.Word("no-ca-names");
            }
        }

        line.Word("no-tls-tickets");
    }
}

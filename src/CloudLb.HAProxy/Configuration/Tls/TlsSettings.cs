using System.Collections.Frozen;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>How a listener's TLS stands on its <c>bind</c> line.</summary>
internal static class TlsSettings
{
    /// <summary>Whatever else a list has, HAProxy refuses its whole file when it knows none of the names.</summary>
    /// <remarks>
    /// Of the names that Classic's policies know, those of OpenSSL 3.0 as Debian 12 builds it: <c>openssl ciphers</c>, one by one. Without
    /// PSK, which needs a key that no listener has.
    /// </remarks>
    private static readonly FrozenSet<string> KnownCiphers = new[]
    {
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA256",
        "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-RSA-AES128-SHA", "DHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-AES256-SHA384",
        "ECDHE-RSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256", "AES128-SHA256", "AES128-SHA",
        "AES256-GCM-SHA384",
        "AES256-SHA256", "AES256-SHA", "DHE-DSS-AES128-SHA", "CAMELLIA128-SHA", "DHE-DSS-AES256-GCM-SHA384", "DHE-RSA-AES256-GCM-SHA384",
        "DHE-RSA-AES256-SHA256", "DHE-DSS-AES256-SHA256", "DHE-RSA-AES256-SHA", "DHE-DSS-AES256-SHA", "DHE-RSA-CAMELLIA256-SHA",
        "DHE-DSS-CAMELLIA256-SHA",
        "CAMELLIA256-SHA", "DHE-DSS-AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES128-SHA256", "DHE-DSS-AES128-SHA256",
        "DHE-RSA-CAMELLIA128-SHA", "DHE-DSS-CAMELLIA128-SHA", "ADH-AES128-GCM-SHA256", "ADH-AES128-SHA", "ADH-AES128-SHA256",
        "ADH-AES256-GCM-SHA384",
        "ADH-AES256-SHA", "ADH-AES256-SHA256", "ADH-CAMELLIA128-SHA", "ADH-CAMELLIA256-SHA",
    }.ToFrozenSet();

    /// <summary>Of TLS 1.3: OpenSSL's, all of them.</summary>
    private static readonly FrozenSet<string> KnownSuites = new[]
    {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
        "TLS_AES_128_CCM_8_SHA256",
    }.ToFrozenSet();

    /// <summary>The directory of the lists of certificates, beside the configuration.</summary>
    public const string ListDirectory = "named";

    /// <summary>The name of the file with a listener's certificate, as it stands on the <c>bind</c> line.</summary>
    /// <param name="listener">The frontend's name; or what stands for it where it is about a further certificate.</param>
    public static string FileOf(string listener) => listener + ".pem";

    /// <summary>
    /// The list of a listener's certificates, where there can be further ones, as it stands on the <c>bind</c> line and in commands.
    /// </summary>
    /// <param name="listener">The frontend's name.</param>
    public static string ListOf(string listener) => $"{ListDirectory}/{Naming.Name.Checked(listener)}.list";

    /// <summary>Null when clients can be served so; else a sentence that says why not and what to do.</summary>
    public static string? WhyNot(PlannedTls tls)
    {
        var versions = Offered(tls);
        if (versions.Count == 0)
        {
            return "Its negotiation policy allows SSLv3 alone, which HAProxy's OpenSSL does not have any more; give it a policy that " +
                "allows TLS.";
        }

        // 2.6 takes no notice of no-tlsv11 beside the least version, and without a least version that is 1.2 (tried).
        if (versions[^1] - versions[0] != versions.Count - 1)
        {
            return $"Its negotiation policy allows {Name(versions[0])} and {Name(versions[^1])} and not all versions between them, which " +
                "HAProxy cannot be told; give it a policy without such a gap.";
        }

        return (tls.Versions.Contains(TlsVersion.Tls13) && (tls.CipherSuites.Count == 0 || tls.CipherSuites.Any(KnownSuites.Contains)))
            || tls.Ciphers.Any(KnownCiphers.Contains)
            ? null
            : "HAProxy's OpenSSL knows none of the ciphers that its negotiation policy allows; give it a policy that allows one in use " +
                "today.";
    }

    /// <param name="line">The <c>bind</c> line, its endpoint written.</param>
    /// <param name="tls">What <see cref="WhyNot"/> has nothing to say of.</param>
    /// <param name="listener">The frontend's name, after which its files are named.</param>
    public static void Write(ConfigLine line, PlannedTls tls, string listener)
    {
        var versions = Offered(tls);

        line.Word("ssl");
        _ = tls.NamedCertificateIds is null
            ? line.Word("crt").Word(FileOf(listener))
            : line.Word("crt-list").Word(ListOf(listener));
        line
            .Word("ssl-min-ver")
            .Word(Name(versions[0]))
            .Word("ssl-max-ver")
            .Word(Name(versions[^1]));

        // OpenSSL 3 refuses TLS 1.0 and 1.1 and old ciphers above level 0 whatever the policy says.
        line.Word("ciphers").Word($"{string.Join(':', tls.Ciphers.DefaultIfEmpty("DEFAULT"))}:@SECLEVEL=0");
        if (tls.CipherSuites.Count > 0 && versions[^1] == TlsVersion.Tls13)
        {
            line.Word("ciphersuites").Word(string.Join(':', tls.CipherSuites.Where(KnownSuites.Contains)));
        }

        if (!tls.IsServerOrder)
        {
            line.Word("prefer-client-ciphers");
        }

        // Without it HAProxy offers HTTP/2 by itself, from 2.8 on.
        if (tls.Alpn.Count > 0)
        {
            line.Word("alpn").Word(string.Join(',', tls.Alpn));
        }

        if (tls.ClientAuthentication is { } asked)
        {
            ClientAuthenticationWords.Write(line, asked);
        }
    }

    /// <summary>No OpenSSL of today has SSLv3: beside others it is left out.</summary>
    private static List<TlsVersion> Offered(PlannedTls tls) => [.. tls.Versions.Where(version => version != TlsVersion.Ssl3)];

    private static string Name(TlsVersion version) => version switch
    {
        TlsVersion.Tls10 => "TLSv1.0",
        TlsVersion.Tls11 => "TLSv1.1",
        TlsVersion.Tls12 => "TLSv1.2",
        TlsVersion.Tls13 => "TLSv1.3",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "HAProxy has no such version."),
    };
}

using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What members are told of the certificate that a client has shown, and what no client may tell them itself.</summary>
/// <remarks>
/// A certificate holds whatever its authority has signed, and where nobody looks whatever its client likes. OpenSSL writes names by RFC
/// 2253, in which every control character and everything beyond ASCII is escaped; the rest are digits.
/// </remarks>
internal static class ClientHeaderLines
{
    /// <summary>The function that gives all certificates of a client; in one file with <see cref="ScriptText"/>.</summary>
    /// <remarks>
    /// The client's own certificate is not among those of its chain, and of a chain there is one text, in which each certificate says its
    /// length after two bytes.
    /// </remarks>
    public const string Script = """
        local function certificate(txn, der)
          local text = txn.c:base64(der)
          local lines = text:gsub(("."):rep(64), "%0%%0A")
          if #text % 64 > 0 then
            lines = lines .. "%0A"
          end
          return "-----BEGIN%20CERTIFICATE-----%0A" .. lines .. "-----END%20CERTIFICATE-----%0A"
        end

        core.register_fetches("client_certificates", function(txn)
          local texts, chain, at = { certificate(txn, txn.sf:ssl_c_der()) }, txn.sf:ssl_c_chain_der(), 1
          while at + 4 <= #chain do
            local first = chain:byte(at + 1)
            local bytes = first > 128 and first - 128 or 0
            local length = bytes == 0 and first or 0
            for index = 1, bytes do
              length = length * 256 + chain:byte(at + 1 + index)
            end
            local last = at + 1 + bytes + length
            texts[#texts + 1] = certificate(txn, chain:sub(at, last))
            at = last + 1
          end
          return table.concat(texts)
        end)

        """;

    private const string IsShown = "{ ssl_c_used }";

    /// <summary>Whether a listener has such lines.</summary>
    public static bool AreIn(PlannedHttp http) => http.ClientHeaders.Count > 0 || http.ForgeableHeaders.Count > 0;

    public static void Write(ConfigText text, PlannedHttp http)
    {
        foreach (var name in http.ForgeableHeaders.Select(Name.Checked))
        {
            var either = name.ToLowerInvariant().Replace('_', '-').Replace("-", "[-_]", StringComparison.Ordinal);
            text.Line("http-request").Constant($"del-header ^{either}$ -m reg");
        }

        foreach (var header in http.ClientHeaders)
        {
            text.Line("http-request").Constant("set-header").Name(header.Name).Constant($"'{ValueOf(header.Part)}' if {IsShown}");
        }
    }

    private static string ValueOf(ClientCertificatePart part) => part switch
    {
        ClientCertificatePart.SerialNumber => "%[ssl_c_serial,hex]",
        ClientCertificatePart.Issuer => "%[ssl_c_i_dn(,0,rfc2253)]",
        ClientCertificatePart.Subject => "%[ssl_c_s_dn(,0,rfc2253)]",
        ClientCertificatePart.Validity => $"NotBefore={Time("ssl_c_notbefore")};NotAfter={Time("ssl_c_notafter")}",
        ClientCertificatePart.Leaf =>
            "-----BEGIN%%20CERTIFICATE-----%%0A%[ssl_c_der,base64,regsub(\"(.{1,64})\",\"\\1%0A\",g)]-----END%%20CERTIFICATE-----%%0A",
        ClientCertificatePart.Chain => "%[lua.client_certificates]",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No part of a certificate."),
    };

    /// <summary>HAProxy has the last two digits of a year alone, and nothing of one after 2099.</summary>
    private static string Time(string fetch) =>
        $"%[{fetch},regsub(\"^(..)(..)(..)(..)(..)(..).*$\",\"20\\1-\\2-\\3T\\4:\\5:\\6Z\")]";
}

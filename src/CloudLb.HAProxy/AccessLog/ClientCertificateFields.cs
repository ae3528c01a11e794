using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CloudLb.Core.AccessLogs;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What clients have shown, and what was wrong with it: <see cref="Configuration.ConnectionLogLines"/>.</summary>
internal static class ClientCertificateFields
{
    /// <param name="text">Serial number, validity and subject; of no certificate there are none.</param>
    public static AccessLogClientCertificate? Read(string text)
    {
        var parts = text.Split('/');
        return parts.Length < 4 || IsNone(parts[0])
            ? null
            : new(
                IsNone(parts[3]) ? "" : Encoding.Latin1.GetString(Base64Url.DecodeFromChars(parts[3])), parts[0], TimeOf(parts[1]),
                TimeOf(parts[2]));
    }

    /// <summary>AWS's word for OpenSSL's numbers of what is wrong with a certificate, or with one of its issuers; 0 for nothing.</summary>
    public static string FailureOf(string leaf, string issuer) => (IsNone(leaf) || leaf == "0" ? issuer : leaf) switch
    {
        "9" => "ClientCertNotYetValid",
        "10" => "ClientCertExpired",
        "2" or "7" or "18" or "19" or "20" or "21" => "ClientCertUntrusted",
        "22" => "ClientCertMaxChainDepthExceeded",
        "23" => "ClientCertCrlHit",
        "3" or "5" or "8" or "11" or "12" or "15" or "16" or "33" => "ClientCertCrlProcessingError",
        "24" or "13" or "14" or "25" or "34" => "ClientCertInvalid",
        "26" => "ClientCertPurposeInvalid",
        "27" or "28" => "ClientCertRejected",
        _ => "UnmappedConnectionError",
    };

    /// <summary>With two digits of a year, of which the first half is of this century.</summary>
    private static DateTimeOffset? TimeOf(string hex) => !IsNone(hex) && DateTimeOffset.TryParseExact(
        Encoding.Latin1.GetString(Convert.FromHexString(hex)), "yyMMddHHmmss'Z'", CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

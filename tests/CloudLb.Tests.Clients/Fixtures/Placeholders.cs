using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>What differs from answer to answer, and the words that stand for it in the fixtures.</summary>
internal static partial class Placeholders
{
    public const string Marker = "{marker}";

    /// <summary>An access key that was made, in answers and in later requests.</summary>
    public const string AccessKeyId = "{access-key-id}";

    /// <summary>
    /// Writes an answer as the fixtures do: indented, and with placeholders for everything that has the form it must have.
    /// </summary>
    public static string PutInto(string answer, string account)
    {
        var text = XDocument.Parse(answer).ToString().ReplaceLineEndings("\n");
        text = RequestId().Replace(text, "<$1>{request-id}<");
        text = CreatedTime().Replace(text, "<CreatedTime>{time}<");
        text = CreateDate().Replace(text, "<CreateDate>{time}<");
        text = MadeKey().Replace(text, AccessKeyId);
        text = MadeSecret().Replace(text, "<SecretAccessKey>{secret}<");
        text = DnsNumber().Replace(text, "-{digits}.");
        text = Location().Replace(text, "<Location>{location}<");
        text = NextMarker().Replace(text, $"<$1>{Marker}<");
        return text.Replace(account, "{account}", StringComparison.Ordinal);
    }

    /// <summary>A request that can be sent, out of one with placeholders, which clients encode.</summary>
    public static string TakeOutOfForm(string form, string account, string marker, string keyId) => form
        .Replace(AccessKeyId, keyId, StringComparison.Ordinal)
        .Replace(Uri.EscapeDataString(AccessKeyId), keyId, StringComparison.Ordinal)
        .Replace(Marker, Uri.EscapeDataString(marker), StringComparison.Ordinal)
        .Replace("{account}", account, StringComparison.Ordinal)
        .Replace("%7Baccount%7D", account, StringComparison.Ordinal);

    [GeneratedRegex("<(RequestId|requestId|RequestID)>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}<")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"<CreatedTime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z<")]
    private static partial Regex CreatedTime();

    [GeneratedRegex(@"<CreateDate>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z<")]
    private static partial Regex CreateDate();

    [GeneratedRegex("AKIA[A-Z2-7]{16}")]
    private static partial Regex MadeKey();

    [GeneratedRegex("<SecretAccessKey>[A-Za-z0-9+/]{40}<")]
    private static partial Regex MadeSecret();

    [GeneratedRegex(@"-\d{8,10}\.(?=us-east-1\.elb\.amazonaws\.com)")]
    private static partial Regex DnsNumber();

    [GeneratedRegex(
        "<Location>http://127.0.0.1:[0-9]+/_cloudlb/trust-store-content\\?TrustStoreArn=[^<&]+&amp;RevocationId=[0-9]*&amp;Expires=[0-9]+" +
        "&amp;Signature=[0-9a-f]{64}<")]
    private static partial Regex Location();

    [GeneratedRegex("<(NextMarker|Marker)>[^<]+<")]
    private static partial Regex NextMarker();
}

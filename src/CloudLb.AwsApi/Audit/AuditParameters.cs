using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// A request's parameters in CloudTrail's form: structures and lists as JSON, names with a small first letter, no secret.
/// </summary>
internal static class AuditParameters
{
    /// <summary>Characters. 1,000 instances have 60,000; CloudTrail leaves out parameters over 100 KB.</summary>
    private const int MaxLength = 100_000;

    /// <summary>CloudTrail's own words in the place of a secret.</summary>
    private const string Hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

    /// <summary>What stands in the name of a parameter whose value is nobody's business.</summary>
    private static readonly SearchValues<string> SecretParts =
        SearchValues.Create(["PrivateKey", "Secret", "Password", "Token", "Credential", "Signature"], StringComparison.OrdinalIgnoreCase);

    /// <summary>In every PEM text of a private key: who mixes up his files, or keeps both in one, sends the key as a certificate.</summary>
    private const string KeyMark = "PRIVATE KEY-----";

    /// <summary>The same in base64, as JSON has bytes: at each of the three places where it can begin.</summary>
    private static readonly SearchValues<string> EncodedKeyMarks = SearchValues.Create(
        [.. Enumerable.Range(0, 3).Select(EncodedKeyMark)], StringComparison.Ordinal);

    /// <summary>True if there was a secret among them.</summary>
    public static bool Write(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var asked = new List<KeyValuePair<string, string>>(parameters.Count);
        var (hasSecrets, length) = (false, 0L);
        for (var i = 0; i < parameters.Count; i++)
        {
            var (name, value) = parameters[i];
            if (!IsOfTheProtocol(name))
            {
                asked.Add(parameters[i]);
                hasSecrets |= IsSecret(name) || HoldsKey(value);
                length += name.Length + value.Length;
            }
        }

        if (length > MaxLength)
        {
            json.WriteStartObject();
            json.WriteBoolean("omitted"u8, true);
            json.WriteNumber("originalSize"u8, length);
            json.WriteString("reason"u8, "The request's parameters are too long for a record."u8);
            json.WriteEndObject();
        }
        else if (asked.Count == 0)
        {
            json.WriteNullValue();
        }
        else
        {
            WriteNode(json, ParameterNode.Root(asked), isSecret: false);
        }

        return hasSecrets;
    }

    /// <summary>Only the first letter is changed: CloudTrail writes <c>sSLCertificateId</c>.</summary>
    private static string NameOf(string name) =>
        name.Length > 0 && char.IsAsciiLetterUpper(name[0]) ? $"{char.ToLowerInvariant(name[0])}{name.AsSpan(1)}" : name;

    private static bool IsOfTheProtocol(string name) =>
        name is "Action" or "Version" or "AWSAccessKeyId" or "Signature" or "SignatureMethod" or "SignatureVersion"
        or "Timestamp" or "Expires" || name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);

    private static bool IsSecret(string name) => name.AsSpan().ContainsAny(SecretParts);

    private static bool HoldsKey(string? value) =>
        value is not null && (value.Contains(KeyMark, StringComparison.Ordinal) || value.AsSpan().ContainsAny(EncodedKeyMarks));

    /// <param name="before">Bytes of its group of three that stand before it: what is made of them too is left out at both ends.</param>
    private static string EncodedKeyMark(int before)
    {
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string(' ', before) + KeyMark));
        return encoded[(before == 0 ? 0 : before + 1)..^4];
    }

    /// <remarks>Recursion ends at <see cref="ParameterNode.MaxDepth"/>.</remarks>
    private static void WriteNode(Utf8JsonWriter json, ParameterNode node, bool isSecret)
    {
        if (node.Children.IsEmpty)
        {
            json.WriteStringValue(isSecret || HoldsKey(node.Value) ? Hidden : node.Value);
        }
        else if (node.Children.Length == 1 && node.Find("member") is { Children.IsEmpty: false } list)
        {
            json.WriteStartArray();
            foreach (var item in list.Children)
            {
                WriteNode(json, item, isSecret);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (var child in node.Children)
            {
                json.WritePropertyName(NameOf(child.Name));
                WriteNode(json, child, isSecret || IsSecret(child.Name));
            }

            json.WriteEndObject();
        }
    }
}

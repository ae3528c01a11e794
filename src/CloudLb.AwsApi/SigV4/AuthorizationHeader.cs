using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The signature in an Authorization header.</summary>
internal static class AuthorizationHeader
{
    public const string DateHeader = "X-Amz-Date";
    public const string TokenHeader = "X-Amz-Security-Token";

    public static PresentedSignature Parse(string header, IHeaderDictionary headers)
    {
        var text = header.AsSpan().Trim();
        var blank = text.IndexOf(' ');
        var algorithm = blank < 0 ? text : text[..blank];
        if (!algorithm.SequenceEqual(SigV4Defaults.Scheme))
        {
            throw SigV4Errors.UnsupportedAlgorithm(algorithm.ToString());
        }

        string? credential = null, signedHeaders = null, signature = null;
        var parameters = text[algorithm.Length..];
        foreach (var range in parameters.Split(','))
        {
            var part = parameters[range].Trim();
            if (part.IsEmpty)
            {
                continue;
            }

            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                throw SigV4Errors.NotKeyValue(part.ToString(), header);
            }

            // The last of two wins.
            var value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "Credential":
                    credential = value.ToString();
                    break;
                case "SignedHeaders":
                    signedHeaders = value.ToString();
                    break;
                case "Signature":
                    signature = value.ToString();
                    break;
            }
        }

        var date = First(headers, DateHeader) ?? First(headers, "Date");
        if (string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(signedHeaders) || date is null)
        {
            throw SigV4Errors.MissingHeaderParts(
                string.IsNullOrEmpty(credential), string.IsNullOrEmpty(signature), string.IsNullOrEmpty(signedHeaders), date is null);
        }

        return new PresentedSignature
        {
            IsPresigned = false,
            Credential = credential,
            SignedHeaders = signedHeaders,
            Signature = signature,
            Date = date,
            HasToken = headers.ContainsKey(TokenHeader),
        };
    }

    private static string? First(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values is { Count: > 0 } && values[0] is { Length: > 0 } first ? first : null;
}

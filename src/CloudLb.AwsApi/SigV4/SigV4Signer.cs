using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The client's side: signs requests for one key, region and service.</summary>
public sealed class SigV4Signer(string accessKeyId, string secretAccessKey, string region, string service, TimeProvider clock)
{
    /// <summary>What AWS's own clients sign for a query call.</summary>
    private const string FormHeaders = "content-type;host;x-amz-date";

    private const string PlainHeaders = "host;x-amz-date";

    /// <summary>Signs in the Authorization header. The body is read into memory, so it can still be sent.</summary>
    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var uri = request.RequestUri ?? throw new ArgumentException("The request has no URI.", nameof(request));
        var time = clock.GetUtcNow();
        var headers = new HeaderDictionary
        {
            ["Host"] = request.Headers.Host ?? HostOf(uri),
            [AuthorizationHeader.DateHeader] = SigningTime.Format(time),
        };
        var signedHeaders = PlainHeaders;
        if (request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var contentType) == true)
        {
            headers["Content-Type"] = contentType.ToString();
            signedHeaders = FormHeaders;
        }

        if (request.Headers.NonValidated.TryGetValues(RpcTarget.TargetHeader, out var target))
        {
            headers[RpcTarget.TargetHeader] = target.ToString();
            signedHeaders += ";x-amz-target";
        }

        var scope = ScopeAt(time);
        var canonical = new CanonicalRequest
        {
            Method = request.Method.Method,
            Path = uri.AbsolutePath,
            Query = uri.Query.AsSpan().TrimStart('?'),
            Headers = headers,
            SignedHeaders = signedHeaders,
            BodyHash = SHA256.HashData(body),
        };
        var signature = Sign(canonical, time, scope);
        request.Headers.Remove(AuthorizationHeader.DateHeader);
        request.Headers.TryAddWithoutValidation(AuthorizationHeader.DateHeader, SigningTime.Format(time));
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(scope, signedHeaders, signature));
    }

    /// <summary>
    /// Signs a request of any service without reading its body: the path as it stands in the URI, the host, the body's type and checksum,
    /// and every
    /// <c>x-amz-*</c> header.
    /// </summary>
    /// <param name="payload">
    /// What the signature says of the body: its SHA-256 in lower-case digits, or one of AWS's words, such as <c>UNSIGNED-PAYLOAD</c>.
    /// </param>
    public void Sign(HttpRequestMessage request, string payload)
    {
        var uri = request.RequestUri ?? throw new ArgumentException("The request has no URI.", nameof(request));
        var time = clock.GetUtcNow();
        var scope = ScopeAt(time);
        foreach (var (name, value) in new[]
        {
            (AuthorizationHeader.DateHeader, SigningTime.Format(time)),
            ("x-amz-content-sha256", payload),
        })
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var headers = new HeaderDictionary { ["Host"] = request.Headers.Host ?? HostOf(uri) };
        var content = request.Content?.Headers.NonValidated.Where(header => header.Key is "Content-Type" or "Content-MD5") ?? [];
        foreach (var (name, values) in request.Headers.NonValidated
            .Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Concat(content))
        {
            // Several values go as one line, as this text has them.
            headers[name] = values.ToString();
        }

        var signedHeaders = string.Join(';', headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        var canonical = new CanonicalRequest
        {
            Method = request.Method.Method,
            Path = uri.AbsolutePath,
            PathStyle = service,
            Query = uri.Query.AsSpan().TrimStart('?'),
            Headers = headers,
            SignedHeaders = signedHeaders,
            BodyHash = [],
            DeclaredPayload = payload,
        };
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(scope, signedHeaders, Sign(canonical, time, scope)));
    }

    /// <summary>A URL that anyone can GET until it expires.</summary>
    public Uri Presign(Uri uri, TimeSpan expires)
    {
        var time = clock.GetUtcNow();
        var scope = ScopeAt(time);
        var query = new StringBuilder(uri.Query.TrimStart('?'))
            .Append(uri.Query.Length > 1 ? "&" : "")
            .Append($"X-Amz-Algorithm={SigV4Defaults.Scheme}&X-Amz-Credential={Uri.EscapeDataString(Credential(scope))}")
            .Append($"&X-Amz-Date={SigningTime.Format(time)}&X-Amz-Expires={(long)expires.TotalSeconds}&X-Amz-SignedHeaders=host")
            .ToString();
        var canonical = new CanonicalRequest
        {
            Method = "GET",
            Path = uri.AbsolutePath,
            Query = query,
            Headers = new HeaderDictionary { ["Host"] = HostOf(uri) },
            SignedHeaders = "host",
            BodyHash = SHA256.HashData([]),
        };
        return new UriBuilder(uri) { Query = $"{query}&{PresignedQuery.SignatureParameter}={Sign(canonical, time, scope)}" }.Uri;
    }

    /// <summary>As HttpClient sends it: the scheme's own port is left out.</summary>
    private static string HostOf(Uri uri) => uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}";

    private static string Credential(in CredentialScope scope) =>
        $"{scope.AccessKeyId}/{scope.Date}/{scope.Region}/{scope.Service}/{scope.Terminator}";

    private static string Authorization(in CredentialScope scope, string signedHeaders, string signature) =>
        $"{SigV4Defaults.Scheme} Credential={Credential(scope)}, SignedHeaders={signedHeaders}, Signature={signature}";

    private CredentialScope ScopeAt(DateTimeOffset time) =>
        new(accessKeyId, SigningTime.Format(time)[..8], region, service, CredentialScope.ValidTerminator);

    private string Sign(in CanonicalRequest request, DateTimeOffset time, in CredentialScope scope)
    {
        Span<byte> digits = stackalloc byte[Hex.HashDigits];
        RequestSignature.Compute(request, time, scope, SigningKey.Derive(secretAccessKey, scope.Date, region, service), digits);
        return Encoding.ASCII.GetString(digits);
    }
}

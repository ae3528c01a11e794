using System.Globalization;
using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CloudLb.AwsApi.Foreign;

/// <summary>Checks the signature of a call for a service that is not answered here, in the same order as for those that are.</summary>
/// <remarks>
/// What differs: the scope may name any service; the path is signed as that service does it; what the request declares of its body stands
/// in the signed text, so that a signature can be good before the body is there; and no <c>x-amz-*</c> header may be unsigned, as each may
/// mean something to its service.
/// </remarks>
internal sealed class ForeignVerifier(
    ICredentialSource credentials, SigningKeyCache keys, IOptions<SigV4Options> options, TimeProvider clock)
{
    /// <summary>Services that are everywhere at once are signed for as here, whatever regions there are.</summary>
    private const string GlobalRegion = "us-east-1";

    /// <summary>What clients and proxies add on their way, and what is covered in another way.</summary>
    private static readonly string[] NeedNotBeSigned =
    [
        "x-amz-date", PayloadDeclaration.Header, "x-amz-user-agent", "x-amz-cf-id",
    ];

    /// <summary>Everything that can be told from the head of the request.</summary>
    /// <exception cref="WireException">The signature is refused.</exception>
    public async ValueTask<ForeignSignature> VerifyHeadAsync(HttpRequest http, ForeignCall call, CancellationToken cancellationToken)
    {
        if (call.IsSignedAsBefore)
        {
            throw new WireException(ForeignErrors.OldSignature);
        }

        var target = SentTarget.Of(http);
        var query = Encoding.UTF8.GetBytes(target.Query);
        ParameterScan.Check(query);
        var presented = PresentedSignature.Find(http.Headers, new ApiRequest(query));
        SigV4Verifier.CheckHostIsSigned(presented.SignedHeaders);
        var isS3 = call.Protocol == ForeignProtocol.S3;
        var time = SigV4Verifier.CheckTime(presented, clock.GetUtcNow(), honoursExpires: isS3);
        var scope = CredentialScope.Parse(presented.Credential);
        var region = CheckScope(scope, call.Service, time, options.Value);
        if (presented.HasToken || http.Headers.ContainsKey(AuthorizationHeader.TokenHeader))
        {
            throw SigV4Errors.UnreadableToken();
        }

        var credential = await credentials.FindAsync(scope.AccessKeyId, cancellationToken) ?? throw SigV4Errors.UnknownKey();
        if (!credential.IsActive)
        {
            throw SigV4Errors.InactiveKey();
        }

        var signature = new ForeignSignature
        {
            Caller = new Caller
            {
                Account = credential.Account,
                AccessKeyId = credential.AccessKeyId,
                Arn = credential.Arn,
                UserId = credential.UserId,
                Region = region,
                SigningName = scope.Service,
            },
            Presented = presented,
            Scope = scope,
            Time = time,
            Key = keys.Get(credential, scope),
            Target = target,
            Payload = PayloadDeclaration.Of(http.Headers, presented.IsPresigned, isS3),
        };
        if (signature.Payload.Text is not null)
        {
            Check(http, signature, []);
        }

        CheckAllAreSigned(http.Headers, presented.SignedHeaders);
        return signature;
    }

    /// <summary>The signature itself, where it covers a body that the head says nothing of.</summary>
    /// <exception cref="WireException">The signature is refused.</exception>
    public static void Check(HttpRequest http, ForeignSignature signature, ReadOnlySpan<byte> bodyHash)
    {
        var canonical = new CanonicalRequest
        {
            Method = http.Method,
            Path = signature.Target.Path,
            PathStyle = signature.Scope.Service,
            Query = signature.Target.Query,
            Headers = http.Headers,
            SignedHeaders = signature.Presented.SignedHeaders,
            BodyHash = bodyHash,
            DeclaredPayload = signature.Payload.Text,
        };
        if (!RequestSignature.IsOf(canonical, signature.Time, signature.Scope, signature.Key, signature.Presented.Signature))
        {
            throw SigV4Errors.WrongSignature();
        }
    }

    private static string CheckScope(in CredentialScope scope, string service, DateTimeOffset time, SigV4Options options)
    {
        var region = options.RegionFor(scope) ?? (scope.Region == GlobalRegion ? GlobalRegion : null);
        var isTerminator = scope.Terminator == CredentialScope.ValidTerminator;
        var day = time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var isName = ForeignCall.IsName(scope.Service);
        return region is null || !isName || !isTerminator || day != scope.Date
            ? throw SigV4Errors.WrongScope(
                region is null ? scope.Region : null,
                isName ? null : service,
                isTerminator ? null : scope.Terminator,
                day == scope.Date ? null : scope.Date,
                time)
            : region;
    }

    private static void CheckAllAreSigned(IHeaderDictionary headers, string signedHeaders)
    {
        var signed = signedHeaders.Split(';');
        foreach (var name in headers.Keys.Select(name => name.ToLowerInvariant()))
        {
            if (name.StartsWith("x-amz-", StringComparison.Ordinal) && !signed.Contains(name) && !NeedNotBeSigned.Contains(name))
            {
                throw new WireException(
                    new WireError("AccessDenied", 403, $"There were headers present in the request which were not signed: {name}"));
            }
        }
    }
}

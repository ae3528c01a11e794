using System.Globalization;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>Checks a signature, in AWS's order of checks: the first that fails names the error.</summary>
/// <remarks>
/// The body is always hashed, whatever <c>x-amz-content-sha256</c> says. An <c>x-amz-*</c> header that is not signed is let through: the
/// target must be,
/// and the others that mean something here are covered by the signature in another way (the date) or refused (the token).
/// </remarks>
internal sealed class SigV4Verifier(ICredentialSource credentials, ApiServices services, SigningKeyCache keys)
{
    /// <summary>
    /// How far a client's clock may be off, and how long a presigned URL lives at most: AWS's query services ignore a longer X-Amz-Expires.
    /// </summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>Seconds: the seven days that AWS documents for X-Amz-Expires.</summary>
    private const int MaxExpires = 604_800;

    /// <summary>What can be checked of every request without its body, and without knowing its service.</summary>
    /// <exception cref="WireException">It is not well-formed, or not of this time.</exception>
    public static SignatureClaim Read(PresentedSignature presented, DateTimeOffset now)
    {
        CheckHostIsSigned(presented.SignedHeaders);
        var time = CheckTime(presented, now);
        return new() { Presented = presented, Time = time, Scope = CredentialScope.Parse(presented.Credential) };
    }

    /// <summary>
    /// What is wrong with the scope, or that there is a token. While the body may still name the service, that may be any.
    /// </summary>
    public WireException? RefusalOf(SignatureClaim claim, ApiRequest request, SigV4Options options)
    {
        if (request.Target is { Protocol: not WireProtocol.Cbor } && !IsSigned(claim.Presented.SignedHeaders, "x-amz-target"))
        {
            // The target says what is to be done: a signature that does not cover it would be good for anything.
            return SigV4Errors.TargetNotSigned();
        }

        var isServiceKnown = request.BodyHash is not null || request.Version is not null || request.Target is not null;
        return WrongScope(claim, request, isServiceKnown, options)
            ?? (claim.Presented.HasToken ? SigV4Errors.UnreadableToken() : null);
    }

    /// <exception cref="WireException">There is no such key, or it is inactive.</exception>
    public async ValueTask<SigningCredential> FindKeyAsync(SignatureClaim claim, CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(claim.Scope.AccessKeyId, cancellationToken) ?? throw SigV4Errors.UnknownKey();
        return credential.IsActive ? credential : throw SigV4Errors.InactiveKey();
    }

    /// <exception cref="WireException">Another signature belongs to the request.</exception>
    public Caller Verify(HttpRequest http, ApiRequest request, SignatureClaim claim, SigningCredential credential, SigV4Options options)
    {
        CheckSignature(http, request, claim.Presented, claim.Time, claim.Scope, keys.Get(credential, claim.Scope));
        return new Caller
        {
            Account = credential.Account,
            AccessKeyId = credential.AccessKeyId,
            Arn = credential.Arn,
            UserId = credential.UserId,
            SigningName = claim.Scope.Service,
            Region = RegionOf(claim.Scope, request, options) ?? throw new InvalidOperationException("The scope was not checked."),
        };
    }

    internal static void CheckHostIsSigned(ReadOnlySpan<char> signedHeaders)
    {
        if (!IsSigned(signedHeaders, "host") && !IsSigned(signedHeaders, ":authority"))
        {
            throw SigV4Errors.HostNotSigned();
        }
    }

    private static bool IsSigned(ReadOnlySpan<char> signedHeaders, string name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="honoursExpires">Whether a presigned URL lives as long as it says, as at S3.</param>
    internal static DateTimeOffset CheckTime(PresentedSignature presented, DateTimeOffset now, bool honoursExpires = false)
    {
        var time = SigningTime.Parse(presented.Date, isHeader: !presented.IsPresigned);
        var lifetime = presented.Expires is { } expires && ParseExpires(expires) is var asked && (honoursExpires || asked < Skew)
            ? asked
            : Skew;

        // Signatures know whole seconds, and so do the messages.
        var second = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset);
        if (second - time > lifetime)
        {
            throw SigV4Errors.Expired(time, second, lifetime);
        }

        return time - second > Skew ? throw SigV4Errors.NotYetCurrent(time, second, Skew) : time;
    }

    private static TimeSpan ParseExpires(string expires) =>
        int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MaxExpires
            ? TimeSpan.FromSeconds(seconds)
            : throw SigV4Errors.UnreadableExpiry(expires);

    private static void CheckSignature(
        HttpRequest http, ApiRequest request, PresentedSignature presented, DateTimeOffset time, in CredentialScope scope, SigningKey key)
    {
        var canonical = new CanonicalRequest
        {
            Method = http.Method,
            Path = http.PathBase.Value + http.Path.Value,
            Query = http.QueryString is { HasValue: true, Value: var query } ? query.AsSpan(1) : default,
            Headers = http.Headers,
            SignedHeaders = presented.SignedHeaders,
            BodyHash = request.BodyHash ?? throw new InvalidOperationException("The body was not read."),
        };
        if (!RequestSignature.IsOf(canonical, time, scope, key, presented.Signature))
        {
            throw SigV4Errors.WrongSignature();
        }
    }

    /// <summary>The region that the request belongs to; null when it is refused.</summary>
    private string? RegionOf(in CredentialScope scope, ApiRequest request, SigV4Options options) =>
        services.IsGlobalRegion(request, scope.Region) ? scope.Region : options.RegionFor(scope);

    private WireException? WrongScope(SignatureClaim claim, ApiRequest request, bool isServiceKnown, SigV4Options options)
    {
        var scope = claim.Scope;
        var isRegion = RegionOf(scope, request, options) is not null || (!isServiceKnown && services.HasGlobalRegion(scope.Region));
        var correctService = services.CorrectSigningName(request, scope.Service);
        var isService = correctService == scope.Service;
        var isTerminator = scope.Terminator == CredentialScope.ValidTerminator;
        var isDay = SigningTime.IsDay(claim.Time, scope.Date);
        return isRegion && isService && isTerminator && isDay
            ? null
            : SigV4Errors.WrongScope(
                isRegion
                    ? null
                    : scope.Region, isService
                    ? null
                    : correctService, isTerminator
                    ? null
                    : scope.Terminator, isDay
                    ? null
                    : scope.Date, claim.Time);
    }
}

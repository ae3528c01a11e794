using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.AwsQuery.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsQuery.SigV4;

/// <summary>Checks a signature, in AWS's order of checks: the first that fails names the error.</summary>
/// <remarks>
/// The body is always hashed, whatever <c>x-amz-content-sha256</c> says. An <c>x-amz-*</c> header that is not signed is let through: those that
/// mean something here are covered by the signature in another way (the date) or refused (the token).
/// </remarks>
internal sealed class SigV4Verifier(ICredentialSource credentials, QueryServices services, SigningKeyCache keys)
{
    /// <summary>How far a client's clock may be off, and how long a presigned URL lives at most: AWS's query services ignore a longer X-Amz-Expires.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>Seconds: the seven days that AWS documents for X-Amz-Expires.</summary>
    private const int MaxExpires = 604_800;

    /// <exception cref="WireException">The signature is refused.</exception>
    public async ValueTask<Caller> VerifyAsync(
        HttpRequest http, QueryRequest request, SigV4Options options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var presented = PresentedSignature.Find(http.Headers, request);
        CheckHostIsSigned(presented.SignedHeaders);
        var time = CheckTime(presented, now);
        var scope = CredentialScope.Parse(presented.Credential);
        var region = CheckScope(scope, request.Version, time, options);

        if (presented.HasToken || http.Headers.ContainsKey(AuthorizationHeader.TokenHeader))
        {
            throw SigV4Errors.UnreadableToken();
        }

        var credential = await credentials.FindAsync(scope.AccessKeyId, cancellationToken) ?? throw SigV4Errors.UnknownKey();
        if (!credential.IsActive)
        {
            throw SigV4Errors.InactiveKey();
        }

        CheckSignature(http, request, presented, time, scope, keys.Get(credential, scope));
        return new Caller
        {
            Account = credential.Account,
            AccessKeyId = credential.AccessKeyId,
            Arn = credential.Arn,
            UserId = credential.UserId,
            Region = region,
            SigningName = scope.Service,
        };
    }

    internal static void CheckHostIsSigned(ReadOnlySpan<char> signedHeaders)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range] is "host" or ":authority")
            {
                return;
            }
        }

        throw SigV4Errors.HostNotSigned();
    }

    /// <param name="honoursExpires">Whether a presigned URL lives as long as it says, as at S3.</param>
    internal static DateTimeOffset CheckTime(PresentedSignature presented, DateTimeOffset now, bool honoursExpires = false)
    {
        var time = SigningTime.Parse(presented.Date, isHeader: !presented.IsPresigned);
        var lifetime = presented.Expires is { } expires && ParseExpires(expires) is var asked && (honoursExpires || asked < Skew) ? asked : Skew;

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
        HttpRequest http, QueryRequest request, PresentedSignature presented, DateTimeOffset time, in CredentialScope scope, byte[] key)
    {
        var canonical = new CanonicalRequest
        {
            Method = http.Method,
            Path = http.PathBase.Value + http.Path.Value,
            Query = http.QueryString is { HasValue: true, Value: var query } ? query.AsSpan(1) : default,
            Headers = http.Headers,
            SignedHeaders = presented.SignedHeaders,
            BodyHash = request.BodyHash,
        };
        Span<byte> expected = stackalloc byte[Hex.HashDigits];
        RequestSignature.Compute(canonical, time, scope, key, expected);

        Span<byte> given = stackalloc byte[Hex.HashDigits];
        if (!Encoding.UTF8.TryGetBytes(presented.Signature, given, out var written)
            || written != given.Length
            || !CryptographicOperations.FixedTimeEquals(expected, given))
        {
            throw SigV4Errors.WrongSignature();
        }
    }

    /// <returns>The region that the request belongs to.</returns>
    private string CheckScope(in CredentialScope scope, string? version, DateTimeOffset time, SigV4Options options)
    {
        var region = services.IsGlobalRegion(version, scope.Region) ? scope.Region : options.RegionFor(scope);
        var correctService = services.CorrectSigningName(version, scope.Service);
        var isService = correctService == scope.Service;
        var isTerminator = scope.Terminator == CredentialScope.ValidTerminator;
        Span<char> day = stackalloc char[8];
        time.TryFormat(day, out _, "yyyyMMdd", CultureInfo.InvariantCulture);
        var isDay = day.SequenceEqual(scope.Date);
        if (region is null || !isService || !isTerminator || !isDay)
        {
            throw SigV4Errors.WrongScope(
                region is null ? scope.Region : null, isService ? null : correctService, isTerminator ? null : scope.Terminator, isDay ? null : scope.Date, time);
        }

        return region;
    }
}

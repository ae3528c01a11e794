using System.Globalization;
using System.Security.Cryptography;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV2;

/// <summary>Checks a signature of version 2, which stands among the parameters and names neither a region nor a service.</summary>
internal sealed class SigV2Verifier(ICredentialSource credentials)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];

    /// <summary>Whether the request carries a newer version, which then goes first.</summary>
    public static bool CarriesNewer(HttpRequest http, ApiRequest request) =>
        http.Headers.Authorization.Count > 0 || request.FindInQuery("X-Amz-Algorithm") is not null;

    /// <summary>Whether the request carries version 2.</summary>
    public static bool IsFor(ApiRequest request) =>
        (request.Find("AWSAccessKeyId") ?? request.Find("SignatureVersion") ?? request.Find(SigV2Text.SignatureParameter)) is not null;

    /// <param name="region">The region that the request belongs to.</param>
    /// <exception cref="WireException">The signature is refused.</exception>
    public async ValueTask<Caller> VerifyAsync(
        HttpRequest http, ApiRequest request, string region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keyId = request.Find("AWSAccessKeyId") ?? throw SigV2Errors.Missing("AWSAccessKeyId");
        var signature = request.Find(SigV2Text.SignatureParameter) ?? throw SigV2Errors.Missing(SigV2Text.SignatureParameter);
        var version = request.Find("SignatureVersion") ?? throw SigV2Errors.Missing("SignatureVersion");
        var method = request.Find("SignatureMethod") ?? throw SigV2Errors.Missing("SignatureMethod");
        if (version != "2")
        {
            throw SigV2Errors.UnsupportedVersion(version);
        }

        if (method is not (SigV2Text.HmacSha256 or SigV2Text.HmacSha1))
        {
            throw SigV2Errors.UnsupportedMethod(method);
        }

        CheckTime(request.Find("Timestamp"), request.Find("Expires"), now);
        if (request.Find("SecurityToken") is not null)
        {
            throw SigV4Errors.UnreadableToken();
        }

        var credential = await credentials.FindAsync(keyId, cancellationToken) ?? throw SigV4Errors.UnknownKey();
        if (!credential.IsActive)
        {
            throw SigV4Errors.InactiveKey();
        }

        CheckSignature(SigV2Text.Of(http, request), method, credential.SecretAccessKey, signature);
        return new Caller
        {
            Account = credential.Account, AccessKeyId = credential.AccessKeyId, Arn = credential.Arn, UserId = credential.UserId,
            Region = region,
        };
    }

    private static void CheckTime(string? timestamp, string? expires, DateTimeOffset now)
    {
        if (timestamp is not null && expires is not null)
        {
            throw SigV2Errors.TimestampAndExpires();
        }

        if (timestamp is not null)
        {
            if ((now - Parse(timestamp)).Duration() > Skew)
            {
                throw SigV2Errors.Expired("Timestamp", timestamp);
            }
        }
        else if (Parse(expires ?? throw SigV2Errors.Missing("Timestamp")) < now)
        {
            throw SigV2Errors.Expired("Expires", expires);
        }
    }

    private static DateTimeOffset Parse(string text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw SigV2Errors.UnreadableTime(text);
    }

    private static void CheckSignature(byte[] text, string method, string secret, string signature)
    {
        var expected = SigV2Text.Sign(text, method, secret);
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(signature, given, out var length)
            || !CryptographicOperations.FixedTimeEquals(expected, given[..length]))
        {
            throw SigV4Errors.WrongSignature();
        }
    }
}

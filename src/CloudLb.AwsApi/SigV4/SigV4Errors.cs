namespace CloudLb.AwsApi.SigV4;

/// <summary>The refusals of a signature, in AWS's codes, statuses and words.</summary>
/// <remarks>
/// From the black-box notes of the scratchstack project and AWS's table of common errors; a 6b answer repeats the header to its sender
/// alone.
/// </remarks>
internal static class SigV4Errors
{
    private const string TooOld = "Signature expired";
    private const string TooNew = "Signature not yet current";

    public static WireException Missing() =>
        new(new WireError("MissingAuthenticationToken", 403, "Request is missing Authentication Token"));

    public static WireException BothCarriers() => DoesNotMatch(null);

    public static WireException UnsupportedAlgorithm(string algorithm) => Incomplete($"Unsupported AWS 'algorithm': '{algorithm}'.");

    public static WireException NotKeyValue(string part, string header) =>
        Incomplete($"'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'");

    public static WireException MissingHeaderParts(bool credential, bool signature, bool signedHeaders, bool date) => Incomplete(Join(
        credential ? "Authorization header requires 'Credential' parameter." : null,
        signature ? "Authorization header requires 'Signature' parameter." : null,
        signedHeaders ? "Authorization header requires 'SignedHeaders' parameter." : null,
        date ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header." : null,
        "Authorization=AWS4-HMAC-SHA256"));

    public static WireException MissingQueryParts(bool credential, bool signature, bool signedHeaders, bool date) => Incomplete(Join(
        credential ? "AWS query-string parameters must include 'X-Amz-Credential'." : null,
        signature ? "AWS query-string parameters must include 'X-Amz-Signature'." : null,
        signedHeaders ? "AWS query-string parameters must include 'X-Amz-SignedHeaders'." : null,
        date ? "AWS query-string parameters must include 'X-Amz-Date'." : null,
        "Re-examine the query-string parameters."));

    /// <summary>AWS's own code and words for this were not seen.</summary>
    public static WireException UnreadableExpiry(string expires) =>
        Incomplete($"X-Amz-Expires must be a number of seconds from 1 to 604800. Got '{expires}'.");

    public static WireException HostNotSigned() =>
        DoesNotMatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    /// <summary>In the words of the one above; AWS's own are not known.</summary>
    public static WireException TargetNotSigned() => DoesNotMatch("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");

    public static WireException UnreadableDate(string date) =>
        Incomplete($"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");

    public static WireException Expired(DateTimeOffset signed, DateTimeOffset now, TimeSpan lifetime)
    {
        var bound = SigningTime.Format(now - lifetime);
        return DoesNotMatch(
            $"{TooOld}: {SigningTime.Format(signed)} is now earlier than {bound} ({SigningTime.Format(now)} - {Words(lifetime)})");
    }

    public static bool IsTooOld(WireError error) => error.Message?.StartsWith(TooOld, StringComparison.Ordinal) == true;

    /// <summary>Whether the two clocks do not agree, or the signature has had its time.</summary>
    public static bool IsOfTime(WireError error) => IsTooOld(error) || error.Message?.StartsWith(TooNew, StringComparison.Ordinal) == true;

    public static WireException NotYetCurrent(DateTimeOffset signed, DateTimeOffset now, TimeSpan skew)
    {
        var bound = SigningTime.Format(now + skew);
        return DoesNotMatch(
            $"{TooNew}: {SigningTime.Format(signed)} is still later than {bound} ({SigningTime.Format(now)} + {Words(skew)})");
    }

    public static WireException CredentialNotFiveParts(string credential) =>
        Incomplete($"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");

    /// <param name="region">Each is null when there is nothing wrong with it.</param>
    public static WireException WrongScope(string? region, string? correctService, string? terminator, string? date, DateTimeOffset signed)
    {
        var time = SigningTime.Format(signed);
        return DoesNotMatch(Join(
            region is null ? null : $"Credential should be scoped to a valid region, not '{region}'.",
            correctService is null ? null : WrongService(correctService).Message,
            terminator is null
                ? null
                : $"Credential should be scoped with a valid terminator: '{CredentialScope.ValidTerminator}', not '{terminator}'.",
            date is null
                ? null
                : $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != '{time[..8]}', " +
                    $"from '{time}'."));
    }

    public static WireException WrongService(string correctService) =>
        DoesNotMatch($"Credential should be scoped to correct service: '{correctService}'.");

    /// <summary>No token was given out by us, so none can be read. Without a full stop, unlike the next one.</summary>
    public static WireException UnreadableToken() => UnknownClient("The security token included in the request is invalid");

    public static WireException UnknownKey() => UnknownClient("The security token included in the request is invalid.");

    public static WireException InactiveKey() => UnknownClient("The AWS access key provided does not exist in our records.");

    public static WireException WrongSignature() => DoesNotMatch(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing " +
        "method. Consult the service documentation for details.");

    private static WireException Incomplete(string message) => new(new WireError("IncompleteSignature", 400, message));

    private static WireException DoesNotMatch(string? message) => new(new WireError("SignatureDoesNotMatch", 403, message));

    private static WireException UnknownClient(string message) => new(new WireError("InvalidClientTokenId", 403, message));

    private static string Join(params ReadOnlySpan<string?> sentences)
    {
        var applicable = new List<string>();
        foreach (var sentence in sentences)
        {
            if (sentence is not null)
            {
                applicable.Add(sentence);
            }
        }

        return string.Join(' ', applicable);
    }

    private static string Words(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerMinute == 0
        ? $"{(int)duration.TotalMinutes} min."
        : $"{(int)duration.TotalSeconds} sec.";
}

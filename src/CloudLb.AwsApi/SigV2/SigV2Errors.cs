namespace CloudLb.AwsApi.SigV2;

/// <summary>
/// The refusals that only version 2 has. AWS's codes; of its words only those of an expired request are known, and those not for certain.
/// </summary>
internal static class SigV2Errors
{
    public static WireException Missing(string parameter) =>
        Incomplete($"AWS query-string parameters must include '{parameter}'. Re-examine the query-string parameters.");

    public static WireException UnsupportedVersion(string version) => Incomplete($"SignatureVersion must be 2. Got '{version}'.");

    public static WireException UnsupportedMethod(string method) =>
        Incomplete($"SignatureMethod must be {SigV2Text.HmacSha256} or {SigV2Text.HmacSha1}. Got '{method}'.");

    public static WireException UnreadableTime(string time) =>
        Incomplete($"Timestamp and Expires must be in the form 2015-08-30T12:36:00Z. Got '{time}'.");

    public static WireException TimestampAndExpires() =>
        new(
            new WireError(
                "InvalidParameterCombination", 400, "The parameter Timestamp cannot be used together with the parameter Expires."));

    public static WireException Expired(string parameter, string time) =>
        new(new WireError("RequestExpired", 400, $"Request has expired. {parameter} date is {time}"));

    private static WireException Incomplete(string message) => new(new WireError("IncompleteSignature", 400, message));
}

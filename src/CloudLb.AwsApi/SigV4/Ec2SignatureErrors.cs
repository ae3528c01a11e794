namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// EC2's own answers to a signature that does not hold: it does not say whether the key is unknown or the signature wrong.
/// </summary>
internal static class Ec2SignatureErrors
{
    private static readonly WireError AuthFailure = new("AuthFailure", 401, "AWS was not able to validate the provided access credentials");

    private static readonly WireError RequestExpired = new("RequestExpired", 400, "Request has expired.");

    /// <summary>The refusal as the service tells it. What is missing or malformed is told alike by all.</summary>
    /// <param name="service">Null for a version that is not served.</param>
    public static WireError ErrorFor(ServiceContract? service, WireError refusal) => service?.IsEc2 != true ? refusal : refusal.Code switch
    {
        "SignatureDoesNotMatch" when SigV4Errors.IsTooOld(refusal) => RequestExpired,
        "SignatureDoesNotMatch" or "InvalidClientTokenId" => AuthFailure,
        _ => refusal,
    };
}

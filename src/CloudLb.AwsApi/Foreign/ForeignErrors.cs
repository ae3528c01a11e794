using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.SigV4;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Errors in the codes and statuses of the caller's protocol. They are made in the query protocol's, in which the rest of the endpoint
/// speaks.
/// </summary>
/// <remarks>
/// S3's spellings are its own table's. S3 tells what it has not got as 501, which its clients do not
/// repeat; a 404 would tell them that a bucket or an object is not there.
/// </remarks>
internal static class ForeignErrors
{
    /// <summary>In S3's words.</summary>
    public static readonly WireError OldSignature =
        new("InvalidRequest", 400, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    public static WireError NotSpoken(string service, string action, string spoken) => new(
        "InvalidAction", 400,
        $"The service {service} is not spoken by this endpoint, so {action} cannot be carried out; it speaks {spoken}.");

    public static WireError In(ForeignProtocol protocol, WireError error) => protocol switch
    {
        ForeignProtocol.Query or ForeignProtocol.RestXml => error,
        ForeignProtocol.S3 => InS3(error),
        ForeignProtocol.RestJson => DocumentErrors.Common(error),
        _ => DocumentErrors.Told(null, error),
    };

    private static WireError InS3(WireError error) => error.Code switch
    {
        "InvalidAction" => error with { Code = "NotImplemented", HttpStatus = 501 },
        "MissingAuthenticationToken" => error with { Code = "AccessDenied" },
        "IncompleteSignature" => error with { Code = "AuthorizationHeaderMalformed" },
        "SignatureDoesNotMatch" when SigV4Errors.IsOfTime(error) => error with { Code = "RequestTimeTooSkewed" },
        "InvalidClientTokenId" => error with { Code = "InvalidAccessKeyId" },
        "Throttling" => error with { Code = "SlowDown", HttpStatus = 503 },
        "RequestEntityTooLarge" => error with { Code = "EntityTooLarge", HttpStatus = 400 },
        "RequestTimeoutException" => error with { Code = "RequestTimeout", HttpStatus = 400 },
        "InternalFailure" => error with { Code = "InternalError" },
        _ => error,
    };
}

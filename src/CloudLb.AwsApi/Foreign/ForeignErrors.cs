using CloudLb.AwsApi.SigV4;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Errors in the codes and statuses of the caller's protocol. They are made in the query protocol's, in which the rest of the endpoint
/// speaks.
/// </summary>
/// <remarks>
/// The JSON protocols' spellings are those of AWS's common errors; S3's are its own table's. S3 tells what it has not got as 501, which its clients do not
/// repeat; a 404 would tell them that a bucket or an object is not there.
/// </remarks>
internal static class ForeignErrors
{
    /// <summary>In S3's words.</summary>
    public static readonly WireError OldSignature =
        new("InvalidRequest", 400, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    public static WireError NotSpoken(string service, string action, string spoken) => new(
        "InvalidAction", 400, $"The service {service} is not spoken by this endpoint, so {action} cannot be carried out; it speaks {spoken}.");

    public static WireError In(ForeignProtocol protocol, WireError error) => protocol switch
    {
        ForeignProtocol.Query or ForeignProtocol.RestXml => error,
        ForeignProtocol.S3 => InS3(error),
        ForeignProtocol.RestJson => InJson(error),
        // These have 400 for whatever is the caller's mistake.
        _ => InJson(error) is { HttpStatus: 403 or 429 } known ? known with { HttpStatus = 400 } : InJson(error),
    };

    private static WireError InJson(WireError error) => error.Code switch
    {
        "InvalidAction" => error with { Code = "UnknownOperationException" },
        "MissingAuthenticationToken" => error with { Code = "MissingAuthenticationTokenException" },
        "IncompleteSignature" => error with { Code = "IncompleteSignatureException" },
        "SignatureDoesNotMatch" => error with { Code = "InvalidSignatureException" },
        "InvalidClientTokenId" => error with { Code = "UnrecognizedClientException" },
        "AccessDenied" => error with { Code = "AccessDeniedException" },
        "Throttling" => error with { Code = "ThrottlingException", HttpStatus = 429 },
        "ServiceUnavailable" => error with { Code = "ServiceUnavailableException" },
        "RequestEntityTooLarge" => error with { Code = "RequestEntityTooLargeException" },
        _ => error,
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

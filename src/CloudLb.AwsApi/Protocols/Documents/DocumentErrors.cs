using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>
/// Errors in the spelling, and with the status, of JSON and CBOR. They are made in the Query protocol's codes, in which the rest of the
/// endpoint speaks.
/// </summary>
/// <remarks>
/// The spellings are those of AWS's common errors. These protocols have 400 where REST's tell a refusal or a throttle by the status.
/// </remarks>
internal static class DocumentErrors
{
    /// <summary>The namespace of errors that are no service's own; clients cut it off.</summary>
    private const string CommonNamespace = "com.amazon.coral.service";

    /// <summary>The error as it is told, its code being the shape's name.</summary>
    /// <param name="service">Null where no service is known, or none of ours.</param>
    /// <param name="error">In the Query protocol's code.</param>
    public static WireError Told(ServiceContract? service, WireError error)
    {
        if (service?.FindError(error.Code) is { } modelled)
        {
            return error with { Code = modelled.Shape };
        }

        // Clients of a service that once spoke Query alone still look for its own code.
        var told = service?.IsQueryCompatible == true && error.Code == CommonErrors.ValidationError.Code ? error : Common(error);
        return told.HttpStatus is 403 or 429 ? told with { HttpStatus = 400 } : told;
    }

    /// <summary>The spelling of a common error, with REST's status.</summary>
    public static WireError Common(WireError error) => error.Code switch
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
        "ValidationError" => error with { Code = "ValidationException" },
        _ => error,
    };

    /// <param name="output">Where it is written.</param>
    /// <param name="protocol">One of the two JSONs, or CBOR.</param>
    /// <param name="service">Null where no service is known, or none of ours.</param>
    /// <param name="told">As told in that protocol.</param>
    public static void Write(Utf8Buffer output, WireProtocol protocol, ServiceContract? service, WireError told)
    {
        var type = protocol == WireProtocol.Json11
            ? told.Code
            : $"{(service?.HasErrorShape(told.Code) == true ? $"com.amazonaws.{service.SigningName}" : CommonNamespace)}#{told.Code}";
        Document.Write(output, protocol, told.Details, writer =>
        {
            writer.String("__type"u8, type);
            writer.String("message"u8, told.Message ?? "");
        });
    }
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Requests;

/// <summary>The errors of a request that cannot be taken in at all.</summary>
internal static class RequestErrors
{
    /// <summary>AWS's own code for a request that is too large was not seen; this is S3's and API Gateway's form of it.</summary>
    public static readonly WireError BodyTooLarge =
        TooLarge($"The request body is larger than {RequestLimits.MaxBody} bytes. Send fewer members in one request.");

    public static readonly WireError TooManyParameters =
        TooLarge($"The request has more than {RequestLimits.MaxParameters} parameters. Send fewer members in one request.");

    public static readonly WireError TooManyNameParts =
        TooLarge($"The parameters' names have more than {RequestLimits.MaxNameParts} parts. Send fewer members in one request.");

    public static readonly WireError NameTooLong = TooLarge($"A parameter's name is longer than {RequestLimits.MaxNameLength} bytes.");

    public static readonly WireError IncompleteEscape = new("MalformedQueryString", 404, "Incomplete trailing escape % sequence");

    /// <summary>
    /// AWS's common errors for a request that is wrong as HTTP, such as a chunk without a size, and for one that did not come to its
    /// end; the words are ours.
    /// </summary>
    public static readonly WireError MalformedBody = new(
        "MalformedHttpRequestException", 400, "The body of the request is not framed as HTTP has it.");

    public static readonly WireError NotCompressed = new(
        "MalformedHttpRequestException", 400, "The body of the request is not compressed as its head says.");

    /// <summary>Calls in JSON and CBOR are posted.</summary>
    public static readonly WireError NotPosted = new("UnknownOperationException", 405, "Calls in this protocol are sent with POST.");

    public static readonly WireError BodyTooSlow = new("RequestTimeoutException", 408, "The body of the request did not arrive in time.");

    public static readonly WireError MalformedTarget = new(
        "MalformedHttpRequestException", 400, "The target of the request is not a path as HTTP has it.");

    /// <summary>S3's own code and words, which no other service has published.</summary>
    public static readonly WireError OtherBody = new(
        "XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static readonly WireError TooManyBodies = new(
        "ServiceUnavailable", 503, "Too many long bodies are being read whose signature cannot be told before their end. Try again.");

    /// <summary>AWS's common error; its clients try again. Their word for a server that has too much to do.</summary>
    public static readonly WireError NoRoom = new(
        "ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server.");

    public static WireError IllegalEscape(string escape) =>
        new("MalformedQueryString", 404, $"Illegal hex character in escape % pattern: {escape}");

    /// <summary>What Kestrel found wrong with a body while it was read.</summary>
    public static WireError Of(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => BodyTooSlow,
        StatusCodes.Status413PayloadTooLarge => TooLarge("The request body is larger than what is taken in."),
        _ => MalformedBody,
    };

    /// <summary>
    /// Whether Kestrel says by it that a body is wrongly framed, where it does not say so by its own exception: the size of a chunk that is
    /// larger than any number, a trailer with a character that none may have (.NET 10.0). Asked of what reading from the client has thrown.
    /// </summary>
    public static bool IsFraming(Exception exception) =>
        exception is InvalidOperationException
            || (exception is IOException and not BadHttpRequestException and not ConnectionResetException);

    public static WireError LongerThan(long limit) => TooLarge($"The request body is larger than {limit} bytes.");

    private static WireError TooLarge(string message) => new("RequestEntityTooLarge", 413, message);
}

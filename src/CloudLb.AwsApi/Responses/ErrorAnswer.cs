using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Responses;

/// <summary>Answers an error in the protocol of the call.</summary>
internal static class ErrorAnswer
{
    /// <summary>Bytes. Only a long list of broken constraints is longer.</summary>
    private const int UsualLength = 1024;

    /// <param name="response">Of which nothing was sent.</param>
    /// <param name="service">Null when the request did not name one that is served.</param>
    /// <param name="protocol">Of the call.</param>
    /// <param name="error">In the Query protocol's code.</param>
    /// <param name="requestId">Of the call.</param>
    /// <param name="cancellationToken">That the client has gone.</param>
    public static async Task WriteAsync(
        HttpResponse response, ServiceContract? service, WireProtocol protocol, WireError error, string requestId,
        CancellationToken cancellationToken)
    {
        using var document = new Utf8Buffer(UsualLength);
        if (protocol is WireProtocol.Query or WireProtocol.Ec2)
        {
            ErrorDocument.Write(document, service, error, requestId);
            response.StatusCode = error.HttpStatus;
            response.ContentType = "text/xml";
        }
        else
        {
            var told = DocumentErrors.Told(service, error);
            DocumentErrors.Write(document, protocol, service, told);
            SetHead(response, protocol, told);
            if (service?.IsQueryCompatible == true || IsInQueryMode(response.HttpContext.Request))
            {
                SetQueryError(response, error);
            }
        }

        response.ContentLength = document.Length;
        await response.BodyWriter.WriteAsync(document.Memory, cancellationToken);
    }

    /// <summary>Whether the client wants the code that its service had in the Query protocol as well.</summary>
    public static bool IsInQueryMode(HttpRequest request) => request.Headers["x-amzn-query-mode"] == "true";

    public static void SetQueryError(HttpResponse response, WireError error) =>
        response.Headers["x-amzn-query-error"] = $"{error.Code};{(error.HttpStatus < 500 ? "Sender" : "Receiver")}";

    /// <summary>Status, type and marks of an error in JSON or CBOR.</summary>
    public static void SetHead(HttpResponse response, WireProtocol protocol, WireError told)
    {
        response.StatusCode = told.HttpStatus;
        response.ContentType = Document.TypeOf(protocol);
        if (protocol == WireProtocol.Cbor)
        {
            response.Headers[RpcTarget.SmithyHeader] = RpcTarget.SmithyCbor;
        }
        else
        {
            response.Headers["x-amzn-ErrorType"] = told.Code;
        }
    }
}

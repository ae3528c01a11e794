using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Responses;

/// <summary>The answer of an operation that succeeded.</summary>
internal static class DocumentAnswer
{
    /// <summary>Answers 200 with a document that is written already, under the content type of its protocol.</summary>
    public static async Task WriteAsync(
        HttpResponse response, WireProtocol protocol, Utf8Buffer document, CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status200OK;
        if (protocol is WireProtocol.Query or WireProtocol.Ec2)
        {
            response.ContentType = "text/xml";
        }
        else
        {
            response.ContentType = Document.TypeOf(protocol);
            if (protocol == WireProtocol.Cbor)
            {
                response.Headers[RpcTarget.SmithyHeader] = RpcTarget.SmithyCbor;
            }
        }

        response.ContentLength = document.Length;
        await response.BodyWriter.WriteAsync(document.Memory, cancellationToken);
    }
}

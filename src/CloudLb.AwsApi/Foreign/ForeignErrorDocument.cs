using System.Text.Json;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Foreign;

/// <summary>Answers an error so that a client of the caller's protocol reads its code and its message.</summary>
internal static class ForeignErrorDocument
{
    /// <summary>Bytes of a usual document.</summary>
    private const int UsualLength = 1024;

    /// <param name="error">In the query protocol's codes.</param>
    public static async Task WriteAsync(
        HttpResponse response, ForeignCall call, WireError error, string requestId, CancellationToken cancellationToken)
    {
        var told = ForeignErrors.In(call.Protocol, error);
        response.StatusCode = told.HttpStatus;
        if (call.IsQueryCompatible)
        {
            ErrorAnswer.SetQueryError(response, error);
        }

        if (call.Protocol == ForeignProtocol.RestJson)
        {
            response.Headers["x-amzn-ErrorType"] = told.Code;
        }
        else if (OwnOf(call.Protocol) is { } own)
        {
            ErrorAnswer.SetHead(response, own, told);
        }
        else if (call.Protocol == ForeignProtocol.S3)
        {
            response.Headers["x-amz-request-id"] = requestId;
        }

        response.ContentType ??= TypeOf(call.Protocol);
        using var document = new Utf8Buffer(UsualLength);
        Write(document, call.Protocol, told, requestId);
        response.ContentLength = document.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.BodyWriter.WriteAsync(document.Memory, cancellationToken);
        }
    }

    private static string TypeOf(ForeignProtocol protocol) => protocol switch
    {
        ForeignProtocol.RestJson => "application/json",
        ForeignProtocol.S3 => "application/xml",
        _ => "text/xml",
    };

    private static void Write(Utf8Buffer document, ForeignProtocol protocol, WireError error, string requestId)
    {
        switch (protocol)
        {
            case ForeignProtocol.RestJson:
                DocumentErrors.Write(document, WireProtocol.Json11, null, error);
                break;
            case ForeignProtocol.Json10 or ForeignProtocol.Json11 or ForeignProtocol.Cbor:
                DocumentErrors.Write(document, OwnOf(protocol)!.Value, null, error);
                break;
            case ForeignProtocol.S3:
                WriteS3(document, error, requestId);
                break;
            default:
                ErrorDocument.Write(document, null, error, requestId);
                break;
        }
    }

    private static void WriteS3(Utf8Buffer document, WireError error, string requestId)
    {
        document.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        var writer = new XmlShapeWriter(document);
        writer.Start("Error"u8);
        writer.String("Code"u8, error.Code);
        writer.String("Message"u8, error.Message);
        writer.String("RequestId"u8, requestId);
        writer.End("Error"u8);
    }

    /// <summary>The protocol as we speak it ourselves; null for one that we do not.</summary>
    private static WireProtocol? OwnOf(ForeignProtocol protocol) => protocol switch
    {
        ForeignProtocol.Json10 => WireProtocol.Json10,
        ForeignProtocol.Json11 => WireProtocol.Json11,
        ForeignProtocol.Cbor => WireProtocol.Cbor,
        _ => null,
    };
}

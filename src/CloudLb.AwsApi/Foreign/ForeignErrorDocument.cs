using System.Text;
using System.Text.Json;
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
            response.Headers["x-amzn-query-error"] = $"{error.Code};{(error.HttpStatus < 500 ? "Sender" : "Receiver")}";
        }

        if (call.Protocol == ForeignProtocol.RestJson)
        {
            response.Headers["x-amzn-ErrorType"] = told.Code;
        }
        else if (call.Protocol == ForeignProtocol.Cbor)
        {
            response.Headers["smithy-protocol"] = "rpc-v2-cbor";
        }
        else if (call.Protocol == ForeignProtocol.S3)
        {
            response.Headers["x-amz-request-id"] = requestId;
        }

        response.ContentType = TypeOf(call.Protocol);
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
        ForeignProtocol.Json10 => "application/x-amz-json-1.0",
        ForeignProtocol.Json11 => "application/x-amz-json-1.1",
        ForeignProtocol.RestJson => "application/json",
        ForeignProtocol.Cbor => "application/cbor",
        ForeignProtocol.S3 => "application/xml",
        _ => "text/xml",
    };

    private static void Write(Utf8Buffer document, ForeignProtocol protocol, WireError error, string requestId)
    {
        switch (protocol)
        {
            case ForeignProtocol.Json10 or ForeignProtocol.Json11 or ForeignProtocol.RestJson:
                var type = protocol == ForeignProtocol.Json10 ? $"com.amazon.coral.service#{error.Code}" : error.Code;
                var members = new Dictionary<string, string?> { ["__type"] = type, ["message"] = error.Message };
                document.Append(JsonSerializer.SerializeToUtf8Bytes(members));
                break;
            case ForeignProtocol.Cbor:
                WriteCbor(document, error);
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
        var writer = new ResponseWriter(document);
        writer.Start("Error"u8);
        writer.String("Code"u8, error.Code);
        writer.String("Message"u8, error.Message);
        writer.String("RequestId"u8, requestId);
        writer.End("Error"u8);
    }

    /// <summary>A map of two texts, RFC 8949.</summary>
    private static void WriteCbor(Utf8Buffer document, WireError error)
    {
        const byte MapOfTwo = 0xA2;
        document.Append(MapOfTwo);
        WriteCborText(document, "__type");
        WriteCborText(document, $"com.amazon.coral.service#{error.Code}");
        WriteCborText(document, "message");
        WriteCborText(document, error.Message ?? "");
    }

    private static void WriteCborText(Utf8Buffer document, string text)
    {
        const byte TextWithTwoBytesOfLength = 0x79;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, ushort.MaxValue);
        document.Append(TextWithTwoBytesOfLength);
        document.Append((byte)(length >> 8));
        document.Append((byte)length);
        document.Append(bytes.AsSpan(0, length));
    }
}

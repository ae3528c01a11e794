using CloudLb.AwsApi.Protocols.Cbor;
using CloudLb.AwsApi.Protocols.Json;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>Messages of the protocols whose body is a document.</summary>
internal static class Document
{
    /// <exception cref="WireException">It is none of that protocol's, or a limit is passed.</exception>
    public static DocumentValue Read(ReadOnlyMemory<byte> body, WireProtocol protocol) =>
        protocol == WireProtocol.Cbor ? CborDocumentReader.Read(body) : JsonDocumentReader.Read(body.Span);

    /// <param name="output">Where it is written.</param>
    /// <param name="protocol">One of the two JSONs, or CBOR.</param>
    /// <param name="message">Its members.</param>
    /// <param name="first">Writes what stands before them.</param>
    public static void Write(Utf8Buffer output, WireProtocol protocol, IShape? message, Action<ShapeWriter>? first = null)
    {
        if (protocol == WireProtocol.Cbor)
        {
            CborMessage.Write(output, message, first);
        }
        else
        {
            JsonMessage.Write(output, message, first);
        }
    }

    public static string TypeOf(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Cbor => RpcTarget.CborType,
        WireProtocol.Json10 => RpcTarget.Json10Type,
        _ => RpcTarget.Json11Type,
    };
}

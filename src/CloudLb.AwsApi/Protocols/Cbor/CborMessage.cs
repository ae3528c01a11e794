using System.Formats.Cbor;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Cbor;

/// <summary>A whole message as a CBOR map; all lengths are definite.</summary>
internal static class CborMessage
{
    /// <param name="output">Where it is written.</param>
    /// <param name="message">Its members.</param>
    /// <param name="first">What stands before them.</param>
    public static void Write(Utf8Buffer output, IShape? message, Action<ShapeWriter>? first = null)
    {
        // Lax, as a text with half a surrogate pair is to be answered all the same.
        var cbor = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: true);
        var writer = new CborShapeWriter(cbor);
        cbor.WriteStartMap(null);
        first?.Invoke(writer);
        message?.Write(writer);
        cbor.WriteEndMap();
        output.Advance(cbor.Encode(output.Reserve(cbor.BytesWritten)));
    }
}

using System.Buffers;
using System.Text.Json;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Json;

/// <summary>A whole message as a JSON object.</summary>
internal static class JsonMessage
{
    /// <param name="output">Where it is written.</param>
    /// <param name="message">Its members.</param>
    /// <param name="first">What stands before them.</param>
    public static void Write(IBufferWriter<byte> output, IShape? message, Action<ShapeWriter>? first = null)
    {
        using var json = new Utf8JsonWriter(output);
        var writer = new JsonShapeWriter(json);
        json.WriteStartObject();
        first?.Invoke(writer);
        message?.Write(writer);
        json.WriteEndObject();
    }
}

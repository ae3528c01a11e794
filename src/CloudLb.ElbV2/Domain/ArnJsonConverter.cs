using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudLb.ElbV2.Domain;

/// <summary>Writes an ARN as its text.</summary>
public sealed class ArnJsonConverter : JsonConverter<Arn>
{
    public override Arn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Arn.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Arn value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

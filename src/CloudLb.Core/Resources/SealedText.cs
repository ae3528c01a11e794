using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudLb.Core.Resources;

/// <summary>A secret as it is kept, encrypted in memory too. Only an <see cref="ITextSealer"/> can read it.</summary>
[JsonConverter(typeof(SealedTextJsonConverter))]
public sealed record SealedText(EquatableArray<byte> Bytes)
{
    public override string ToString() => "(sealed)";
}

/// <summary>Writes it as lower-case hexadecimal digits.</summary>
public sealed class SealedTextJsonConverter : JsonConverter<SealedText>
{
    public override SealedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new([.. Convert.FromHexString(reader.GetString()!)]);

    public override void Write(Utf8JsonWriter writer, SealedText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value.Bytes.AsSpan()));
}

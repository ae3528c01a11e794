using System.Text;
using System.Text.Json;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Json;

/// <summary>Writes members as those of a JSON object: blobs as Base64, timestamps as seconds since 1970.</summary>
internal sealed class JsonShapeWriter(Utf8JsonWriter json) : ShapeWriter
{
    /// <summary>Whether what is being written is a list, whose items have no names.</summary>
    private readonly Stack<bool> _isList = new();

    public override void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            json.WriteStringValue(value);
        }
    }

    public override void Int64(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Name(name);
            json.WriteNumberValue(number);
        }
    }

    public override void Double(ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } number)
        {
            return;
        }

        Name(name);
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(DoubleText.Of(number));
        }
    }

    public override void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } truth)
        {
            Name(name);
            json.WriteBooleanValue(truth);
        }
    }

    public override void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value) =>
        Double(name, value is { } time ? EpochSeconds.Of(time) : null);

    public override void Blob(ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? value)
    {
        if (value is { } blob)
        {
            Name(name);
            json.WriteBase64StringValue(blob.Span);
        }
    }

    internal override void BeginStructure(ReadOnlySpan<byte> name) => Begin(name);

    internal override void EndStructure(ReadOnlySpan<byte> name) => End();

    private protected override void BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> item, int count, bool isFlat)
    {
        Name(name);
        json.WriteStartArray();
        _isList.Push(true);
    }

    private protected override void EndList(ReadOnlySpan<byte> name, bool isFlat)
    {
        json.WriteEndArray();
        _isList.Pop();
    }

    private protected override void BeginMap(ReadOnlySpan<byte> name, int count, in MapForm form) => Begin(name);

    private protected override ReadOnlySpan<byte> BeginEntry(ReadOnlySpan<byte> name, string key, int index, in MapForm form) =>
        Encoding.UTF8.GetBytes(key);

    private protected override void EndEntry(ReadOnlySpan<byte> name, in MapForm form)
    {
    }

    private protected override void EndMap(ReadOnlySpan<byte> name, in MapForm form) => End();

    private void Begin(ReadOnlySpan<byte> name)
    {
        Name(name);
        json.WriteStartObject();
        _isList.Push(false);
    }

    private void End()
    {
        json.WriteEndObject();
        _isList.Pop();
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (!_isList.TryPeek(out var isList) || !isList)
        {
            json.WritePropertyName(name);
        }
    }
}

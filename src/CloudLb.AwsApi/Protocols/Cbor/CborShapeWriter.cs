using System.Formats.Cbor;
using System.Text;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Cbor;

/// <summary>Writes members as those of a CBOR map: timestamps as tag 1 with a double, as AWS does.</summary>
internal sealed class CborShapeWriter(CborWriter cbor) : ShapeWriter
{
    /// <summary>Whether what is being written is a list, whose items have no names.</summary>
    private readonly Stack<bool> _isList = new();

    public override void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            cbor.WriteTextString(value);
        }
    }

    public override void Int64(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Name(name);
            cbor.WriteInt64(number);
        }
    }

    public override void Double(ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            Name(name);
            cbor.WriteDouble(number);
        }
    }

    public override void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } truth)
        {
            Name(name);
            cbor.WriteBoolean(truth);
        }
    }

    public override void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Name(name);
            cbor.WriteTag(CborTag.UnixTimeSeconds);
            cbor.WriteDouble(EpochSeconds.Of(time));
        }
    }

    public override void Blob(ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? value)
    {
        if (value is { } blob)
        {
            Name(name);
            cbor.WriteByteString(blob.Span);
        }
    }

    internal override void BeginStructure(ReadOnlySpan<byte> name) => Begin(name);

    internal override void EndStructure(ReadOnlySpan<byte> name) => End();

    private protected override void BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> item, int count, bool isFlat)
    {
        Name(name);
        cbor.WriteStartArray(count);
        _isList.Push(true);
    }

    private protected override void EndList(ReadOnlySpan<byte> name, bool isFlat)
    {
        cbor.WriteEndArray();
        _isList.Pop();
    }

    private protected override void BeginMap(ReadOnlySpan<byte> name, int count, in MapForm form) => Begin(name);

    private protected override ReadOnlySpan<byte> BeginEntry(ReadOnlySpan<byte> name, string key, int index, in MapForm form) =>
        Encoding.UTF8.GetBytes(key);

    private protected override void EndEntry(ReadOnlySpan<byte> name, in MapForm form)
    {
    }

    private protected override void EndMap(ReadOnlySpan<byte> name, in MapForm form) => End();

    /// <summary>How many members follow is known at the end; the writer puts that in front then.</summary>
    private void Begin(ReadOnlySpan<byte> name)
    {
        Name(name);
        cbor.WriteStartMap(null);
        _isList.Push(false);
    }

    private void End()
    {
        cbor.WriteEndMap();
        _isList.Pop();
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (!_isList.TryPeek(out var isList) || !isList)
        {
            cbor.WriteTextString(Encoding.UTF8.GetString(name));
        }
    }
}

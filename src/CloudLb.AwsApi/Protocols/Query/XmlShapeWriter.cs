using System.Text;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>Writes members as XML elements, for answers of the Query protocol and EC2's. An empty list is an empty element.</summary>
internal sealed class XmlShapeWriter(Utf8Buffer buffer) : ShapeWriter
{
    public override void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is { Length: > 0 } && XmlText.IsPlain(value))
        {
            Plain(name, value);
        }
        else if (value is not null)
        {
            Start(name);
            XmlText.Append(buffer, value);
            End(name);
        }
    }

    public override void Int64(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Start(name);
            buffer.Append(number, "");
            End(name);
        }
    }

    public override void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } truth)
        {
            Start(name);
            buffer.Append(truth ? "true"u8 : "false"u8);
            End(name);
        }
    }

    /// <summary>UTC with milliseconds: <c>2012-12-27T11:51:52.970Z</c>.</summary>
    public override void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Start(name);
            buffer.Append(time.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
            End(name);
        }
    }

    public override void Double(ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            Start(name);
            buffer.Append(DoubleText.Of(number));
            End(name);
        }
    }

    public override void Blob(ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? value) =>
        String(name, value is { } blob ? Convert.ToBase64String(blob.Span) : null);

    internal override void BeginStructure(ReadOnlySpan<byte> name) => Start(name);

    internal override void EndStructure(ReadOnlySpan<byte> name) => End(name);

    internal void Start(ReadOnlySpan<byte> name)
    {
        var tag = buffer.Reserve(name.Length + 2);
        tag[0] = (byte)'<';
        name.CopyTo(tag[1..]);
        tag[name.Length + 1] = (byte)'>';
        buffer.Advance(name.Length + 2);
    }

    internal void End(ReadOnlySpan<byte> name)
    {
        // Nothing since the start tag: text never ends in '>' (it is escaped), and an end tag has '/' before its name.
        var written = buffer.Span;
        if (written[^1] == '>' && written[^(name.Length + 2)] == '<' && written[..^1].EndsWith(name))
        {
            buffer.Trim(1);
            buffer.Append("/>"u8);
            return;
        }

        buffer.Advance(EndTag(buffer.Reserve(name.Length + 3), name));
    }

    private protected override void BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> item, int count, bool isFlat)
    {
        if (!isFlat)
        {
            Start(name);
        }
    }

    private protected override void EndList(ReadOnlySpan<byte> name, bool isFlat)
    {
        if (!isFlat)
        {
            End(name);
        }
    }

    private protected override bool TryWritten(IWrittenXml written, ReadOnlySpan<byte> item)
    {
        if (!item.SequenceEqual("member"u8))
        {
            return false;
        }

        written.WriteTo(buffer);
        return true;
    }

    private protected override void BeginMap(ReadOnlySpan<byte> name, int count, in MapForm form)
    {
        if (!form.IsFlat)
        {
            Start(name);
        }
    }

    private protected override ReadOnlySpan<byte> BeginEntry(ReadOnlySpan<byte> name, string key, int index, in MapForm form)
    {
        Start(form.IsFlat ? name : "entry"u8);
        String(Encoding.UTF8.GetBytes(form.KeyName), key);
        return Encoding.UTF8.GetBytes(form.ValueName);
    }

    private protected override void EndEntry(ReadOnlySpan<byte> name, in MapForm form) => End(form.IsFlat ? name : "entry"u8);

    private protected override void EndMap(ReadOnlySpan<byte> name, in MapForm form)
    {
        if (!form.IsFlat)
        {
            End(name);
        }
    }

    private static int EndTag(Span<byte> tag, ReadOnlySpan<byte> name)
    {
        tag[0] = (byte)'<';
        tag[1] = (byte)'/';
        name.CopyTo(tag[2..]);
        tag[name.Length + 2] = (byte)'>';
        return name.Length + 3;
    }

    /// <summary>An element whose text needs no escaping, nearly all there are, in one piece.</summary>
    private void Plain(ReadOnlySpan<byte> name, string ascii)
    {
        Start(name);
        var rest = buffer.Reserve(ascii.Length + name.Length + 3);
        Ascii.FromUtf16(ascii, rest, out var written);
        buffer.Advance(written + EndTag(rest[written..], name));
    }
}

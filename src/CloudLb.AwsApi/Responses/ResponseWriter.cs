using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Responses;

/// <summary>Writes the members of an answer as XML elements. Null is left out; an empty list is an empty element.</summary>
public sealed class ResponseWriter
{
    private readonly Utf8Buffer _buffer;

    internal ResponseWriter(Utf8Buffer buffer)
    {
        _buffer = buffer;
    }

    public void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is { Length: > 0 } && XmlText.IsPlain(value))
        {
            Plain(name, value);
        }
        else if (value is not null)
        {
            Start(name);
            XmlText.Append(_buffer, value);
            End(name);
        }
    }

    public void Int32(ReadOnlySpan<byte> name, int? value) => Int64(name, value);

    public void Int64(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Start(name);
            _buffer.Append(number, "");
            End(name);
        }
    }

    public void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } truth)
        {
            Start(name);
            _buffer.Append(truth ? "true"u8 : "false"u8);
            End(name);
        }
    }

    /// <summary>UTC with milliseconds: <c>2012-12-27T11:51:52.970Z</c>.</summary>
    public void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Start(name);
            _buffer.Append(time.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
            End(name);
        }
    }

    public void Structure<TShape>(ReadOnlySpan<byte> name, TShape? value)
        where TShape : class, IResponseShape<TShape>
    {
        if (value is not null)
        {
            Start(name);
            value.Write(this);
            End(name);
        }
    }

    public void StringList(ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            Start(name);
            for (var i = 0; i < values.Count; i++)
            {
                String("member"u8, values[i]);
            }

            End(name);
        }
    }

    public void Int32List(ReadOnlySpan<byte> name, IReadOnlyList<int>? values)
    {
        if (values is not null)
        {
            Start(name);
            for (var i = 0; i < values.Count; i++)
            {
                Int32("member"u8, values[i]);
            }

            End(name);
        }
    }

    public void List<TShape>(ReadOnlySpan<byte> name, IReadOnlyList<TShape>? values)
        where TShape : class, IResponseShape<TShape>
    {
        if (values is not null)
        {
            Start(name);
            if (values is WrittenList<TShape> written)
            {
                written.WriteTo(_buffer);
            }
            else
            {
                for (var i = 0; i < values.Count; i++)
                {
                    Structure("member"u8, values[i]);
                }
            }

            End(name);
        }
    }

    /// <summary>EC2's form of a list of structures: its members are called <c>item</c>.</summary>
    public void ItemList<TShape>(ReadOnlySpan<byte> name, IReadOnlyList<TShape>? values)
        where TShape : class, IResponseShape<TShape>
    {
        if (values is not null)
        {
            Start(name);
            for (var i = 0; i < values.Count; i++)
            {
                Structure("item"u8, values[i]);
            }

            End(name);
        }
    }

    internal void Start(ReadOnlySpan<byte> name)
    {
        var tag = _buffer.Reserve(name.Length + 2);
        tag[0] = (byte)'<';
        name.CopyTo(tag[1..]);
        tag[name.Length + 1] = (byte)'>';
        _buffer.Advance(name.Length + 2);
    }

    internal void End(ReadOnlySpan<byte> name)
    {
        // Nothing since the start tag: text never ends in '>' (it is escaped), and an end tag has '/' before its name.
        var written = _buffer.Span;
        if (written[^1] == '>' && written[^(name.Length + 2)] == '<' && written[..^1].EndsWith(name))
        {
            _buffer.Trim(1);
            _buffer.Append("/>"u8);
            return;
        }

        _buffer.Advance(EndTag(_buffer.Reserve(name.Length + 3), name));
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
        var rest = _buffer.Reserve(ascii.Length + name.Length + 3);
        Ascii.FromUtf16(ascii, rest, out var written);
        _buffer.Advance(written + EndTag(rest[written..], name));
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Writing;

/// <summary>Lines of a log, as the bytes that go into its file. What has no place in ASCII becomes a question mark.</summary>
internal sealed class LogText
{
    private const int FirstLength = 1024;
    private const string None = "-";

    /// <summary>More than any number, time or address has.</summary>
    private const int LongestValue = 64;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    private static readonly SearchValues<char> PlainWord = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - ' ').Select(code => (char)code).Except(['"', '\\'])]);

    private byte[] _bytes = new byte[FirstLength];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public override string ToString() => Encoding.ASCII.GetString(Bytes);

    public LogText Append(char character)
    {
        Room(1)[0] = (byte)character;
        _length++;
        return this;
    }

    public LogText Append(ReadOnlySpan<char> text)
    {
        _length += Encoding.ASCII.GetBytes(text, Room(text.Length));
        return this;
    }

    public LogText Append(string? text) => Append(text.AsSpan());

    public LogText Append(long number)
    {
        _ = Utf8Formatter.TryFormat(number, Room(LongestValue), out var written);
        _length += written;
        return this;
    }

    public LogText Append(IPAddress address)
    {
        _ = address.TryFormat(Room(LongestValue), out var written);
        _length += written;
        return this;
    }

    /// <summary>An address of IPv6 in brackets, a colon and the port.</summary>
    public LogText Append(IPEndPoint endpoint) => endpoint.AddressFamily == AddressFamily.InterNetworkV6
        ? Append('[').Append(endpoint.Address).Append("]:").Append(endpoint.Port)
        : Append(endpoint.Address).Append(':').Append(endpoint.Port);

    /// <summary>In UTC, with microseconds: <c>2026-11-30T12:00:00.000000Z</c>.</summary>
    public LogText Append(DateTimeOffset time)
    {
        const int Microseconds = 26;
        _ = Utf8Formatter.TryFormat(time.UtcDateTime, Room(LongestValue), out _, new StandardFormat('O'));
        _length += Microseconds;
        return Append('Z');
    }

    /// <summary>Seconds with so many digits behind the point, six at most, rounded.</summary>
    public LogText Append(TimeSpan time, int digits)
    {
        var unit = TimeSpan.TicksPerSecond;
        for (var digit = 0; digit < digits; digit++)
        {
            unit /= 10;
        }

        var units = (Math.Abs(time.Ticks) + (unit / 2)) / unit;
        if (time.Ticks < 0 && units > 0)
        {
            Append('-');
        }

        var (seconds, rest) = Math.DivRem(units, TimeSpan.TicksPerSecond / unit);
        Append(seconds).Append('.');
        _ = Utf8Formatter.TryFormat(rest, Room(LongestValue), out var written, new StandardFormat('D', (byte)digits));
        _length += written;
        return this;
    }

    /// <summary>Quotes, backslashes and what is not printable ASCII as <c>\xHH</c>, a byte each.</summary>
    public LogText AppendEscaped(ReadOnlySpan<char> text, bool isBlankEscaped)
    {
        var plain = isBlankEscaped ? PlainWord : Plain;
        while (text.IndexOfAnyExcept(plain) is >= 0 and var next)
        {
            Append(text[..next]);
            _length += Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\x{(int)text[next]:X2}"), Room(LongestValue));
            text = text[(next + 1)..];
        }

        return Append(text);
    }

    /// <summary>A field and the blank behind it, <c>-</c> for null; the same of the others.</summary>
    public LogText Field(string? field) => Append(field ?? None).Append(' ');

    public LogText Field(long? field) => (field is { } number ? Append(number) : Append(None)).Append(' ');

    public LogText Field(IPEndPoint? field) => (field is null ? Append(None) : Append(field)).Append(' ');

    public LogText Seconds(TimeSpan? field, int digits) => (field is { } time ? Append(time, digits) : Append(None)).Append(' ');

    /// <summary>Where the time of a request went; three times -1 for null.</summary>
    public LogText Times(AccessLogTimes? times, int digits) => times is null
        ? Append("-1 -1 -1 ")
        : Append(times.Request, digits).Append(' ').Append(times.Instance, digits).Append(' ').Append(times.Response, digits).Append(' ');

    /// <summary>A field in quotes, escaped, and the blank behind it; <c>-</c> for null and for nothing.</summary>
    public LogText Quoted(string? text) =>
        Append('"').AppendEscaped(string.IsNullOrEmpty(text) ? None : text, isBlankEscaped: false).Append("\" ");

    public LogText Quoted(long? field) => (field is { } number ? Append('"').Append(number) : Append("\"-")).Append("\" ");

    public LogText Quoted(IPEndPoint? field) => (field is null ? Append("\"-") : Append('"').Append(field)).Append("\" ");

    /// <summary>Ends a line whose last field has a blank behind it.</summary>
    public void EndFields() => _bytes[_length - 1] = (byte)'\n';

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        }

        return _bytes.AsSpan(_length);
    }
}

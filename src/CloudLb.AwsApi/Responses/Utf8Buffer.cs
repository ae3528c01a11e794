using System.Buffers;
using System.Text;

namespace CloudLb.AwsApi.Responses;

/// <summary>A growing buffer of UTF-8 text in pooled memory.</summary>
internal sealed class Utf8Buffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Append(byte ascii)
    {
        Reserve(1)[0] = ascii;
        Length++;
    }

    /// <summary>A lone half of a surrogate pair becomes U+FFFD.</summary>
    public void Append(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Append<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        // Longer than any number or timestamp.
        const int Longest = 64;
        if (!value.TryFormat(Reserve(Longest), out var written, format, null))
        {
            throw new InvalidOperationException("The value's text is longer than any number or timestamp.");
        }

        Length += written;
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Reserve(Math.Max(sizeHint, 1));

    public void Advance(int count) => Length += count;

    /// <summary>Makes room for so many bytes more at once, instead of copying what there is each time the room doubles.</summary>
    public void MakeRoom(int count) => Reserve(count);

    /// <summary>Takes back the last bytes.</summary>
    public void Trim(int count) => Length -= count;

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

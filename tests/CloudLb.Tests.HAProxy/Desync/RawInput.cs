using System.Text;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Reads a stream by the byte, as text with a character for each.</summary>
internal sealed class RawInput(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private string _text = "";

    /// <summary>Everything to the next empty line, that with it; null when the stream ends before.</summary>
    public Task<string?> HeadAsync(CancellationToken cancellationToken) => UntilAsync("\r\n\r\n", cancellationToken);

    /// <summary>Everything to the end of this text; null when the stream ends before.</summary>
    public async Task<string?> UntilAsync(string end, CancellationToken cancellationToken)
    {
        int index;
        while ((index = _text.IndexOf(end, StringComparison.Ordinal)) < 0)
        {
            if (!await MoreAsync(cancellationToken))
            {
                return null;
            }
        }

        return Take(index + end.Length);
    }

    /// <summary>As many bytes; null when the stream ends before.</summary>
    public async Task<string?> BytesAsync(int count, CancellationToken cancellationToken)
    {
        while (_text.Length < count)
        {
            if (!await MoreAsync(cancellationToken))
            {
                return null;
            }
        }

        return Take(count);
    }

    private async Task<bool> MoreAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(_buffer, cancellationToken);
        _text += Encoding.Latin1.GetString(_buffer, 0, read);
        return read > 0;
    }

    private string Take(int count)
    {
        var taken = _text[..count];
        _text = _text[count..];
        return taken;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.SigV4;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Reads what stands in the chunks of a body that is signed chunk by chunk (<c>aws-chunked</c>), and checks their signatures: each covers
/// its chunk and the signature before it, the first one the request's.
/// </summary>
/// <remarks>
/// A chunk's bytes are given out before its signature is reached: nothing of them may be used before the stream has ended without an
/// exception.
/// </remarks>
internal sealed class SignedChunks(Stream source, ForeignSignature request) : ForwardStream
{
    /// <summary>Bytes of a line: a chunk's size with its signature has some 100, a trailer fewer than 200.</summary>
    private const int MaxLine = 1024;

    /// <summary>AWS's clients send one checksum and its signature.</summary>
    private const int MaxTrailers = 16;

    private const string TrailerSignature = "x-amz-trailer-signature";

    private static readonly byte[] EmptyHash = SHA256.HashData([]);

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<KeyValuePair<string, string>> _trailers = [];
    private int _start;
    private int _end;
    private long _left;
    private string _previous = request.Presented.Signature;
    private string? _expected;
    private bool _isOver;

    /// <summary>What follows the last chunk, without its signature; there when the stream has ended.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers => _trailers;

    /// <exception cref="WireException">The chunks are malformed, or a signature does not hold.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_isOver)
        {
            await NextChunkAsync(cancellationToken);
        }

        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        if (_start == _end && !await FillAsync(cancellationToken))
        {
            throw new WireException(RequestErrors.MalformedBody);
        }

        var count = (int)Math.Min(Math.Min(_left, buffer.Length), _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _hash.AppendData(_buffer, _start, count);
        _start += count;
        _left -= count;
        if (_left == 0)
        {
            CheckChunk();
            await ExpectEmptyLineAsync(cancellationToken);
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask NextChunkAsync(CancellationToken cancellationToken)
    {
        const string Mark = ";chunk-signature=";
        var line = await LineAsync(cancellationToken);
        var mark = line.IndexOf(Mark, StringComparison.Ordinal);
        var digits = Encoding.ASCII.GetBytes(mark < 0 ? "" : line[..mark]);
        if (!Utf8Parser.TryParse(digits, out long length, out var read, 'x') || read != digits.Length || length < 0)
        {
            throw new WireException(RequestErrors.MalformedBody);
        }

        _expected = line[(mark + Mark.Length)..];
        _left = length;
        if (length == 0)
        {
            CheckChunk();
            await ReadTrailersAsync(cancellationToken);
            _isOver = true;
        }
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        string? signature = null;
        while (await LineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0
                ? throw new WireException(RequestErrors.MalformedBody)
                : (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == TrailerSignature)
            {
                signature = value;
            }
            else if (_trailers.Count == MaxTrailers
                || !name.StartsWith("x-amz-checksum-", StringComparison.Ordinal)
                || signature is not null)
            {
                throw new WireException(RequestErrors.MalformedBody);
            }
            else
            {
                _trailers.Add(new(name, value));
                text.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        if (request.Payload.HasSignedTrailers != (signature is not null || _trailers.Count > 0))
        {
            throw new WireException(RequestErrors.MalformedBody);
        }

        if (request.Payload.HasSignedTrailers)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
            Check($"AWS4-HMAC-SHA256-TRAILER\n{Start}{Convert.ToHexStringLower(hash)}", signature);
        }
    }

    /// <summary>What every text to be signed goes on with: time, scope and the signature before.</summary>
    private string Start => $"{SigningTime.Format(request.Time)}\n{request.Scope.Date}/{request.Scope.Region}/" +
        $"{request.Scope.Service}/{request.Scope.Terminator}\n{_previous}\n";

    private void CheckChunk() => Check(
        $"AWS4-HMAC-SHA256-PAYLOAD\n{Start}{Convert.ToHexStringLower(EmptyHash)}\n{Convert.ToHexStringLower(_hash.GetHashAndReset())}",
        _expected);

    private void Check(string text, string? signature)
    {
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(request.Key.Bytes, Encoding.UTF8.GetBytes(text)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(right), Encoding.UTF8.GetBytes(signature ?? "")))
        {
            throw SigV4Errors.WrongSignature();
        }

        _previous = right;
    }

    private async ValueTask ExpectEmptyLineAsync(CancellationToken cancellationToken)
    {
        if (await LineAsync(cancellationToken) != "")
        {
            throw new WireException(RequestErrors.MalformedBody);
        }
    }

    /// <summary>Up to the next line break. The end of the body counts as one, since some clients leave the last one out.</summary>
    private async ValueTask<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length <= MaxLine)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return line.ToString();
            }

            var next = (char)_buffer[_start++];
            if (next == '\n')
            {
                return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
            }

            line.Append(next);
        }

        throw new WireException(RequestErrors.MalformedBody);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await source.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}

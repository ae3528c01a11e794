using System.Security.Cryptography;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace CloudLb.AwsApi.Foreign;

/// <summary>A body that has been read to its end: in memory up to a mebibyte, longer ones in a file that goes with it.</summary>
internal sealed class SpooledBody : IAsyncDisposable
{
    /// <summary>Bytes; more than this and the buffer grows with the body instead of being there at once.</summary>
    private const int InMemory = RequestLimits.MaxBody + 1;

    private readonly FileBufferingReadStream _stream;

    private SpooledBody(FileBufferingReadStream stream)
    {
        _stream = stream;
    }

    /// <summary>From its beginning.</summary>
    public Stream Stream => _stream;

    public long Length => _stream.Length;

    /// <summary>SHA-256.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <param name="directory">Null when nothing may be so long that it needs a file.</param>
    /// <exception cref="WireException">It is longer than the limit.</exception>
    public static async Task<SpooledBody> ReadAsync(Stream source, long limit, string? directory, CancellationToken cancellationToken)
    {
        var stream = new FileBufferingReadStream(
            source, InMemory, null, () => directory ?? throw new InvalidOperationException("No body may be this long."));
        var body = new SpooledBody(stream);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                if (stream.Length > limit)
                {
                    throw new WireException(RequestErrors.LongerThan(limit));
                }
            }

            body.Hash = hash.GetHashAndReset();
            stream.Position = 0;
            return body;
        }
        catch
        {
            await body.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}

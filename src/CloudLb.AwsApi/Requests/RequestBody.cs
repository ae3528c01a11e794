using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Requests;

/// <summary>Reads a body into memory of just its size: what is read is let go of by the server's own buffers.</summary>
internal static class RequestBody
{
    /// <summary>Bytes for a body whose length is not told; it doubles as long as more comes.</summary>
    private const int FirstLength = 4096;

    /// <summary>Everything, if all of it has come already; else nothing is taken.</summary>
    public static bool TryRead(HttpRequest http, int limit, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (!http.BodyReader.TryRead(out var read))
        {
            return false;
        }

        if (!read.IsCompleted || read.Buffer.Length > limit)
        {
            http.BodyReader.AdvanceTo(read.Buffer.Start);
            return false;
        }

        body = read.Buffer.ToArray();
        http.BodyReader.AdvanceTo(read.Buffer.End);
        return true;
    }

    /// <summary>Everything; null when there is more than the limit, of which then no more is read.</summary>
    /// <exception cref="WireException">It is wrongly framed.</exception>
    /// <exception cref="BadHttpRequestException">It is wrongly framed, too slow, or ends early.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest http, int limit, CancellationToken cancellationToken)
    {
        var bytes = new byte[http.ContentLength is { } told ? (int)told : Math.Min(FirstLength, limit)];
        var length = 0;
        while (true)
        {
            var read = await ReadSomeAsync(http.BodyReader, cancellationToken);
            var isTooLong = length + read.Buffer.Length > limit;
            if (!isTooLong)
            {
                var needed = length + (int)read.Buffer.Length;
                if (needed > bytes.Length)
                {
                    Array.Resize(ref bytes, Math.Min(limit, Math.Max(needed, 2 * bytes.Length)));
                }

                read.Buffer.CopyTo(bytes.AsSpan(length));
                length = needed;
            }

            http.BodyReader.AdvanceTo(read.Buffer.End);
            if (isTooLong)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return bytes.AsMemory(0, length);
            }
        }
    }

    private static async ValueTask<ReadResult> ReadSomeAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (RequestErrors.IsFraming(exception))
        {
            throw new WireException(RequestErrors.MalformedBody);
        }
    }
}

using System.Security.Cryptography;
using CloudLb.AwsQuery.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsQuery.Foreign;

/// <summary>Reads the body of a call that goes no further, for its signature alone.</summary>
internal static class ForeignBody
{
    /// <summary>SHA-256 of it.</summary>
    /// <exception cref="WireException">It is longer than any body that is read here.</exception>
    public static async Task<byte[]> HashAsync(HttpContext context)
    {
        if (context.Request.ContentLength > RequestLimits.MaxBody)
        {
            throw new WireException(RequestErrors.BodyTooLarge);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            length += read.Buffer.Length;
            foreach (var segment in read.Buffer)
            {
                hash.AppendData(segment.Span);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (length > RequestLimits.MaxBody)
            {
                throw new WireException(RequestErrors.BodyTooLarge);
            }

            if (read.IsCompleted)
            {
                return hash.GetHashAndReset();
            }
        }
    }
}

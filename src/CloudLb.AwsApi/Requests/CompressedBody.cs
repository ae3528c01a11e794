using System.IO.Compression;
using CloudLb.AwsApi.Protocols.Query;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Requests;

/// <summary>
/// A body that its client has compressed with gzip, as AWS's do with long calls of CloudWatch. The signature covers it as it came; it is
/// decompressed
/// only after that held, and never to more than any body may have.
/// </summary>
internal static class CompressedBody
{
    public static bool IsIn(HttpRequest http) => string.Equals(http.Headers.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="WireException">It is no gzip, too long, or no form.</exception>
    public static async ValueTask DecompressAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var content = new byte[Math.Min(RequestLimits.MaxBody, 16 * Math.Max(request.Body.Length, 256)) + 1];
        var length = 0;
        try
        {
            await using var body = new MemoryStream(request.Body.ToArray(), writable: false);
            await using var gzip = new GZipStream(body, CompressionMode.Decompress);
            while (await gzip.ReadAsync(content.AsMemory(length), cancellationToken) is > 0 and var count)
            {
                length += count;
                if (length > RequestLimits.MaxBody)
                {
                    throw new WireException(RequestErrors.BodyTooLarge);
                }

                if (length == content.Length)
                {
                    Array.Resize(ref content, Math.Min(RequestLimits.MaxBody + 1, 2 * content.Length));
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new WireException(RequestErrors.NotCompressed);
        }

        var isForm = request.Target is null;
        if (isForm)
        {
            ParameterScan.Check(content.AsSpan(0, length));
        }

        request.AddContent(content.AsMemory(0, length), isForm);
    }
}

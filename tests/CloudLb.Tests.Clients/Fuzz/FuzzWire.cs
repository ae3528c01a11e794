using System.Globalization;
using System.Text;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>Puts requests together as they go over the wire.</summary>
internal static class FuzzWire
{
    public const string FormType = "application/x-www-form-urlencoded";

    /// <param name="chunking">Cuts the body into chunks of random sizes; with its length in the head when null.</param>
    public static byte[] Write(
        string method, string target, IEnumerable<(string Name, string Value)> headers, byte[] body, Random? chunking = null)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (chunking is not null)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (body.Length > 0 || method is "POST" or "PUT")
        {
            head.Append($"Content-Length: {body.Length}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. chunking is null ? body : InChunks(body, chunking)];
    }

    private static byte[] InChunks(byte[] body, Random random)
    {
        using var chunks = new MemoryStream();
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(body.Length - at, 1 + random.Next(1, 400));
            chunks.Write(
                Encoding.ASCII.GetBytes($"{size.ToString("x", CultureInfo.InvariantCulture)}{(random.Next(5) == 0 ? ";a=b" : "")}\r\n"));
            chunks.Write(body.AsSpan(at, size));
            chunks.Write("\r\n"u8);
            at += size;
        }

        chunks.Write(random.Next(5) == 0 ? "0\r\nX-Trailer: a\r\n\r\n"u8 : "0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}

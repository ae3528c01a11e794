namespace CloudLb.AccessLogs.Delivery;

/// <summary>Reads to the end, and not beyond a limit, whatever is said of the length.</summary>
internal static class LimitedRead
{
    private const int Piece = 64 * 1024;

    public static async Task<byte[]> OfAsync(Stream stream, int longest, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var piece = new byte[Piece];
        while (await stream.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > longest)
            {
                throw new ObjectTooLongException(longest);
            }

            content.Write(piece, 0, read);
        }

        return content.ToArray();
    }
}

using System.IO.Compression;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Lines in gzip's form, in a file beside the spool's that goes with its handle: a store asks for the length first.</summary>
internal static class CompressedLines
{
    /// <summary>At its beginning.</summary>
    public static async Task<Stream> OfAsync(Stream lines, string path, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            $"{path}.gz",
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        try
        {
            await using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            {
                await lines.CopyToAsync(gzip, cancellationToken);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}

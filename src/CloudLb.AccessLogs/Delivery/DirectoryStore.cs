namespace CloudLb.AccessLogs.Delivery;

/// <summary>Buckets that are directories below one, made when something is first put into them.</summary>
internal sealed class DirectoryStore(string root) : IBucketStore
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine([root, bucket, .. Segments(bucket, key)]);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.tmp";
            await using (var file = new FileStream(
                temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode }))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new BucketRefusedException(exception.Message, exception);
        }
    }

    /// <summary>Nothing in a name leads out of the bucket.</summary>
    private static string[] Segments(string bucket, string key)
    {
        var segments = key.Split('/');
        return BucketName.IsValid(bucket) && segments.All(segment => segment is not ("" or "." or "..") && !segment.Contains('\0'))
            ? segments
            : throw new BucketRefusedException($"{bucket}/{key} cannot be the name of a file.");
    }
}

using CloudLb.Core.Buckets;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Buckets that are directories below one, made when something is first put into them.</summary>
internal sealed class DirectoryStore(string root) : IBucketStore, IBucketReader
{
    private const int Turns = 16;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    // Two at once would have one temporary file: the test objects of two load balancers may have the same name. Paths share turns by
    // chance.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1))];

    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine([root, bucket, .. Segments(bucket, key)]);
        var turn = _turns[(uint)path.GetHashCode(StringComparison.Ordinal) % Turns];
        await turn.WaitAsync(cancellationToken);
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
        finally
        {
            turn.Release();
        }
    }

    public async Task<byte[]> GetAsync(ObjectPlace place, int longest, CancellationToken cancellationToken)
    {
        var path = Path.Combine([root, place.Bucket, .. Segments(place.Bucket, place.Key)]);
        try
        {
            // A directory has one version of everything, without a name. What is no file, as a pipe, has no length.
            if (place.Version is not null || !File.Exists(path) || new FileInfo(path).Length == 0)
            {
                throw new BucketRefusedException($"There is no object {place.Bucket}/{place.Key}.");
            }

            await using var file = new FileStream(
                path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            return await LimitedRead.OfAsync(file, longest, cancellationToken);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException
            or PathTooLongException)
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

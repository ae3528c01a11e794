namespace CloudLb.AccessLogs.Delivery;

/// <summary>Keeps objects in buckets.</summary>
internal interface IBucketStore
{
    /// <summary>Returns when the object is there for good, in place of any that had its name.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <param name="content">Can be read again from its start; closed by the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BucketRefusedException">The store does not let us, or has no such bucket.</exception>
    /// <exception cref="IOException">It could not be reached, or failed.</exception>
    Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken);
}

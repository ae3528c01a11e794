using CloudLb.Core.Buckets;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Gives what is in buckets.</summary>
internal interface IBucketReader
{
    /// <summary>A whole object.</summary>
    /// <param name="place">Which one.</param>
    /// <param name="longest">Bytes that it may have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BucketRefusedException">It is not there, or the store does not let us.</exception>
    /// <exception cref="ObjectTooLongException">It is longer.</exception>
    /// <exception cref="IOException">The store could not be reached, or failed.</exception>
    Task<byte[]> GetAsync(ObjectPlace place, int longest, CancellationToken cancellationToken);
}

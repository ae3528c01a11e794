using CloudLb.Core.Accounts;

namespace CloudLb.Core.Buckets;

/// <summary>Reads what accounts have put into buckets, where access logs go too. Safe to call from any thread.</summary>
public interface IBucketObjects
{
    /// <summary>Reads one object as a whole, in bounded time.</summary>
    /// <param name="account">On whose word: one that may not write to a bucket finds nothing in it.</param>
    /// <param name="place">Which object.</param>
    /// <param name="longest">Bytes that it may have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<BucketObject> ReadAsync(AccountId account, ObjectPlace place, int longest, CancellationToken cancellationToken);
}

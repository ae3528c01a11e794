namespace CloudLb.Core.AccessLogs;

/// <summary>Why access logs cannot go to a bucket. Each API has words of its own for it.</summary>
public enum BucketFault
{
    /// <summary>It is not there, or not the account's to write to.</summary>
    Denied,

    /// <summary>Nobody can say now: the store is away, or the disk is full.</summary>
    Unreachable,

    /// <summary>It is a directory here, and a part of the prefix is longer than a file's name can be.</summary>
    PrefixTooLong,
}

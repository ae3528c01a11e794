namespace CloudLb.Core.Buckets;

/// <summary>Why an object cannot be read. Each API has words of its own for it.</summary>
public enum ObjectFault
{
    /// <summary>It is not there, or not the account's to read, which nobody is told apart.</summary>
    NotFound,

    /// <summary>It is longer than it may be.</summary>
    TooLong,

    /// <summary>Nobody can say now: the store is away.</summary>
    Unreachable,
}

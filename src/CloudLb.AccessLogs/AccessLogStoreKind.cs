namespace CloudLb.AccessLogs;

/// <summary>What a bucket is.</summary>
public enum AccessLogStoreKind
{
    /// <summary>A directory below <see cref="AccessLogOptions.Directory"/>.</summary>
    Directory,

    /// <summary>A bucket of S3, or of a store that speaks its protocol.</summary>
    S3,
}

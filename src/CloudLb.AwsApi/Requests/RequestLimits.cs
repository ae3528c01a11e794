namespace CloudLb.AwsApi.Requests;

/// <summary>How much of a request is taken in. What is larger is refused before anything is built from it.</summary>
internal static class RequestLimits
{
    /// <summary>
    /// Bytes. The largest call of Classic, 1,000 instances at 60 bytes each, has 60 KiB; a certificate with its chain some 40. Then room
    /// for 20 times that.
    /// </summary>
    public const int MaxBody = 1024 * 1024;

    /// <summary>
    /// Bytes. Nearly every call has less; a request that is refused by its headers is read so far, as AWS tells some faults of a body
    /// first.
    /// </summary>
    public const int SmallBody = 16 * 1024;

    /// <summary>1,000 instances are 1,000 parameters, 100 listeners are 500. AWS's own limit is not known.</summary>
    public const int MaxParameters = 20_000;

    /// <summary>
    /// Different parts of names, between the full stops: 1,000 targets have some 5,000. Each becomes an object, and names of sixteen
    /// parts made of one call of a mebibyte 50 MB. More than the parameters of a record in the audit can have, which are 100,000
    /// characters.
    /// </summary>
    public const int MaxNameParts = 60_000;

    /// <summary>Bytes, still encoded. The longest name of the models has about 60.</summary>
    public const int MaxNameLength = 512;
}

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>
/// Timestamps as seconds since 1970, as JSON and CBOR have them. Milliseconds are kept, what is finer is cut by no client that is known.
/// </summary>
internal static class EpochSeconds
{
    private static readonly double Least = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double Most = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static double Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>False for a time that no calendar has.</summary>
    public static bool TryRead(double seconds, out DateTimeOffset time)
    {
        var isTime = seconds >= Least && seconds <= Most;
        time = isTime ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000)) : default;
        return isTime;
    }
}

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The name of the second pool of one that gives all of its members traffic while too few are in service.
/// </summary>
internal static class OpenPoolName
{
    // No planned pool's name has a dot in it.
    public const string Suffix = ".open";

    public static string Of(string pool) => $"{pool}{Suffix}";

    /// <summary>The first pool's, by the name of either.</summary>
    public static string Without(string pool) => pool.EndsWith(Suffix, StringComparison.Ordinal) ? pool[..^Suffix.Length] : pool;
}

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// The name of the second pool of one that gives all of its members traffic while too few are in service.
/// </summary>
internal static class OpenPoolName
{
    public const string Suffix = ".open";

    public static string Of(string pool) => $"{pool}{Suffix}";
}

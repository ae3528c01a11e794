namespace CloudLb.HAProxy.Naming;

/// <summary>The name of the pool of those members of another that are in a zone.</summary>
internal static class ZonePoolName
{
    public static string Of(string pool, string zone) => $"{pool}.in.{zone}";
}

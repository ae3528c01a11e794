namespace CloudLb.Core.Addresses;

/// <summary>Names that never leave the machine (RFC 6761).</summary>
public static class LocalNames
{
    public const string Root = "localhost";

    public static bool IsOne(string name) =>
        name.Equals(Root, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + Root, StringComparison.OrdinalIgnoreCase);
}

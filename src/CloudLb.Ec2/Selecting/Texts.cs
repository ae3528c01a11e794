namespace CloudLb.Ec2.Selecting;

/// <summary>Words that EC2 uses in answers and in filters alike.</summary>
internal static class Texts
{
    public const string Available = "available";

    public const string Associated = "associated";

    public static string Of(bool value) => value ? "true" : "false";
}

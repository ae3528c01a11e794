using System.IO.Enumeration;

namespace CloudLb.Ec2.Selecting;

/// <summary>
/// A filter's value: <c>*</c> stands for any characters, <c>?</c> for one, a backslash takes their meaning away (EC2 user guide).
/// </summary>
internal static class Wildcard
{
    public static bool Fits(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}

using System.Text.RegularExpressions;

namespace CloudLb.Core.Inventory;

/// <summary>The names of regions.</summary>
internal static partial class RegionName
{
    private static readonly string[] Parts = ["area", "partition", "first", "second", "number"];

    /// <summary>
    /// As the ids of zones begin: <c>us-east-1</c> is <c>use1</c>, <c>ap-southeast-2</c> <c>apse2</c>, <c>us-gov-west-1</c> <c>usgw1</c>. A
    /// name of another form is its own.
    /// </summary>
    public static string Shortened(string region) =>
        Form().Match(region) is { Success: true } match ? string.Concat(Parts.Select(part => match.Groups[part].Value)) : region;

    [GeneratedRegex(
        @"\A(?<area>[a-z]{2})-((?<partition>g)ov-)?(?<first>[nsewc])(orth|outh|ast|est|entral)" +
        @"((?<second>[ew])(ast|est))?-(?<number>[0-9]+)\z")]
    private static partial Regex Form();
}

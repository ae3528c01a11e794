using System.Text.RegularExpressions;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;

namespace CloudLb.Iam.Members;

/// <summary>What a member may be.</summary>
internal static partial class MemberRules
{
    private const int Maximum = 100;

    /// <summary>It registers three times in it.</summary>
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(3), LongestLease = TimeSpan.FromDays(1);

    /// <summary>Why there can be no such member, in a sentence; null when there can.</summary>
    public static string? WhyNot(Member member)
    {
        if (!NameForm().IsMatch(member.Key.Name))
        {
            return "A member's name is 1 to 50 letters, digits, dots, underscores and hyphens, with a letter or digit at both ends.";
        }

        if (!InstanceId.IsListable(member.Instance))
        {
            return "What a member registers is an address, a host name or an i-... id.";
        }

        if (member.Lease is { } lease && (lease < ShortestLease || lease > LongestLease))
        {
            return $"A lease is {ShortestLease.TotalSeconds:0} to {LongestLease.TotalSeconds:0} seconds, or 0 for none.";
        }

        return (member.LoadBalancers.Count + member.TargetGroups.Count) is 0 or > Maximum
            ? $"A member registers itself with 1 to {Maximum} load balancers and target groups."
            : null;
    }

    /// <summary>As the user of the name can have one in IAM.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,48}[A-Za-z0-9])?\z")]
    private static partial Regex NameForm();
}

using System.Net.Sockets;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Server.Control;

/// <summary>The target groups that a new member is to register itself with.</summary>
internal static class MemberTargetGroups
{
    /// <summary>All of one account and region, in the order given; or why there are none such.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="account">Null for any.</param>
    /// <param name="region">Null for any.</param>
    /// <param name="names">Names or ARNs.</param>
    /// <param name="instance">What the member registers.</param>
    public static (IReadOnlyList<TargetGroup> Groups, string? Fault) Find(
        Snapshot snapshot, string? account, string? region, IEnumerable<string> names, string instance)
    {
        var found = new List<TargetGroup>();
        foreach (var name in names)
        {
            var first = found.FirstOrDefault()?.Arn;
            var (ofAccount, ofRegion) = (account ?? first?.Account.ToString(), region ?? first?.Region);
            var named = snapshot.TargetGroups.All
                .Where(group => group.Name == name || group.Arn.ToString() == name)
                .Where(group => ofAccount is null || ofAccount == group.Arn.Account.ToString())
                .Where(group => ofRegion is null || ofRegion == group.Arn.Region)
                .Take(2).ToList();
            if (named is not [var group])
            {
                return ([], named.Count == 0
                    ? $"There is no target group named '{name}'{Where(" in account ", ofAccount)}{Where(" and region ", ofRegion)}."
                    : $"There are several target groups named '{name}'; name the account and region, or its ARN.");
            }

            if (WhyNot(group, instance) is { } fault)
            {
                return ([], fault);
            }

            found.Add(group);
        }

        return (found, null);
    }

    private static string? WhyNot(TargetGroup group, string instance)
    {
        var isAddress = InstanceId.TryParseAddress(instance, out var address);
        return group.TargetType switch
        {
            TargetType.Alb => $"The target of {group.Name} is a load balancer; a member can be none.",
            TargetType.Ip when !isAddress || address.AddressFamily != AddressFamily.InterNetwork =>
                $"The targets of {group.Name} are IPv4 addresses; the member must register one (--instance).",
            TargetType.Instance when isAddress =>
                $"The targets of {group.Name} are instances; the member must register one of the inventory (--instance).",
            _ => null,
        };
    }

    private static string Where(string words, string? value) => value is null ? "" : $"{words}{value}";
}

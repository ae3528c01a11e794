using CloudLb.Core.Accounts;

namespace CloudLb.Core.LoadBalancers;

/// <summary>What identifies a load balancer: names are unique within an account and a region.</summary>
public sealed record LoadBalancerKey(AccountId Account, string Region, string Name) : IComparable<LoadBalancerKey>
{
    public int CompareTo(LoadBalancerKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Account.CompareTo(other.Account);
        order = order != 0 ? order : string.CompareOrdinal(Region, other.Region);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>Account, region and name, as they stand in logs.</summary>
    public override string ToString() => $"{Account}/{Region}/{Name}";
}

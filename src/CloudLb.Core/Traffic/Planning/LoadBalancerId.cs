using CloudLb.Core.Accounts;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>Which load balancer of which API it is, wherever several APIs meet: in the plan, in health, in counters and in logs.</summary>
/// <param name="Kind">The API's own short word for its kind, lower-case letters and digits, as <c>elb</c>.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Region">Where its owner sees it.</param>
/// <param name="Name">Unique within kind, account and region: a name, or whatever else the API tells its load balancers apart by.</param>
public sealed record LoadBalancerId(string Kind, AccountId Account, string Region, string Name) : IComparable<LoadBalancerId>
{
    /// <summary>By account, region and name; of two kinds with the same name, by kind.</summary>
    public int CompareTo(LoadBalancerId? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Account.CompareTo(other.Account);
        order = order != 0 ? order : string.CompareOrdinal(Region, other.Region);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
    }

    /// <summary>Account, region and name, as they stand in logs.</summary>
    public override string ToString() => $"{Account}/{Region}/{Name}";
}

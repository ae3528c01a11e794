using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Elb.Domain;

/// <summary>What identifies a load balancer: names are unique within an account and a region.</summary>
public sealed record LoadBalancerKey(AccountId Account, string Region, string Name) : IComparable<LoadBalancerKey>
{
    /// <summary>What tells Classic load balancers from those of other APIs.</summary>
    private const string Kind = "elb";

    /// <summary>What it is called where several APIs meet.</summary>
    public LoadBalancerId ToId() => new(Kind, Account, Region, Name);

    /// <summary>The key of the Classic load balancer whose id it is; null when it is another API's.</summary>
    public static LoadBalancerKey? Of(LoadBalancerId id) => id.Kind == Kind ? new(id.Account, id.Region, id.Name) : null;

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

    /// <summary>Account, region and name, as they stand in logs and in the store.</summary>
    public override string ToString() => $"{Account}/{Region}/{Name}";

    /// <summary>The other way. A region is whatever a caller signed with; a name has no slash.</summary>
    public static LoadBalancerKey Parse(string text)
    {
        var (first, last) = (text.IndexOf('/'), text.LastIndexOf('/'));
        return first < last
            ? new(new(text[..first]), text[(first + 1)..last], text[(last + 1)..])
            : throw new FormatException($"'{text}' is no key.");
    }
}

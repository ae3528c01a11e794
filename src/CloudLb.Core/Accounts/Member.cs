namespace CloudLb.Core.Accounts;

/// <summary>
/// A machine that registers itself. It is a user of its account, whose access keys may do nothing but register and deregister that one
/// instance with the load balancers and target groups that are named here, and ask how it fares there.
/// </summary>
public sealed record Member
{
    public required MemberKey Key { get; init; }

    /// <summary>Of the load balancers; a key is good for no other.</summary>
    public required string Region { get; init; }

    /// <summary>The instance id, address or host name that it names.</summary>
    public required string Instance { get; init; }

    /// <summary>Names, in ordinal order.</summary>
    public required EquatableArray<string> LoadBalancers { get; init; }

    /// <summary>ARNs, in ordinal order.</summary>
    public EquatableArray<string> TargetGroups { get; init; }

    /// <summary>How long it stays registered after it has registered last; null: until somebody deregisters it.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>To the second.</summary>
    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>As a user of its account.</summary>
    public AccessKeyUser ToUser() =>
        new(Key.ToOwner(), new Permission.RegisterSelf(LoadBalancers, [Instance], Region, TargetGroups), CreateDate);
}

using CloudLb.Core.Traffic.Planning;

namespace CloudLb.ElbV2.Domain;

/// <summary>Which target of a group it is.</summary>
/// <param name="Id">An instance's id, an address, or a load balancer's ARN.</param>
/// <param name="Port">Where it takes traffic.</param>
public readonly record struct TargetId(string Id, int Port)
{
    /// <summary>What it is called in the plan, where no name has a slash.</summary>
    public MemberId Member => new(MemberOf(Id), Port);

    public static string MemberOf(string id) => id.Replace('/', '_');
}

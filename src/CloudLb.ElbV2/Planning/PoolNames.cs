using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What pools are called in the plan: a target group's name with its id, as another group can have the name later.</summary>
internal static class PoolNames
{
    public static string Of(Arn targetGroup) => targetGroup.Path.Replace('/', '-');
}

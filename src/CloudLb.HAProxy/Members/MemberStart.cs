using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Members;

/// <summary>How a member of a pool that starts its members slowly is with that.</summary>
/// <param name="Since">While it is given more and more: since when, by the steady time.</param>
/// <param name="IsFirst">While out of service: whether it joined a pool that had no member, so that nobody could spare it anything.</param>
internal sealed record MemberStart(TimeSpan? Since = null, bool IsFirst = false)
{
    /// <summary>In service with its whole share.</summary>
    public static readonly MemberStart Whole = new() { IsWhole = true };

    public bool IsIn => IsWhole || Since is not null;

    private bool IsWhole { get; init; }

    /// <summary>
    /// What it weighs. One that is out of service has the least already, so that it is not given more in the moment in which it comes in.
    /// </summary>
    public int WeightOf(NamedMember active, TimeSpan now)
    {
        var share = IsWhole ? 1 : Since is { } since ? (now - since) / active.Pool.SlowStart : 0;
        return Math.Clamp((int)(active.Member.Weight * share), 1, active.Member.Weight);
    }
}

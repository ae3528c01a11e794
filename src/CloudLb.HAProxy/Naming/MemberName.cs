using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Naming;

/// <summary>A server as commands and events name it: <c>backend/server</c>.</summary>
/// <param name="Pool">The backend's name, from <see cref="ProxyName"/>.</param>
/// <param name="Instance">What <see cref="OfServer"/> calls the member.</param>
internal readonly record struct MemberName(string Pool, string Instance)
{
    public static MemberName Of(LoadBalancerId loadBalancer, PlannedPool pool, PlannedMember member) =>
        new(ProxyName.OfPool(loadBalancer, pool.Name), OfServer(pool, member));

    /// <summary>The target, as processes have always called it where it can be a member but once; else with its port before it.</summary>
    public static string OfServer(PlannedPool pool, PlannedMember member) =>
        pool.MemberPort is null ? $"{member.Port}_{member.Target}" : member.Target;

    /// <summary>Reads the spelling of <see cref="ToString"/>; neither part can contain a slash.</summary>
    public static bool TryParse(string text, out MemberName name)
    {
        var slash = text.IndexOf('/');
        name = slash > 0 ? new(text[..slash], text[(slash + 1)..]) : default;
        return slash > 0 && slash < text.Length - 1;
    }

    public override string ToString() => $"{Pool}/{Instance}";
}

using System.Globalization;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>Where a request of a listener with rules has come to an end.</summary>
/// <param name="IsPassedOn">Whether another process, or the same, has taken the request up and logs it.</param>
/// <param name="HasTarget">Whether it came to a pool, or to an action by which the load balancer answers.</param>
/// <param name="Pool">The pool; null where there is none.</param>
internal sealed record RequestSection(bool IsPassedOn, bool HasTarget, string? Pool)
{
    public static RequestSection Of(string name)
    {
        var target = TargetOf(name);
        var isPool = target is not null && !target.StartsWith("rule.", StringComparison.Ordinal);
        return new(
            name is PassOnSections.Backend or PassOnSections.Again, target is not null, isPool ? PlannedPoolName.Of(target!) : null);
    }

    private static string? TargetOf(string section) =>
        ProxyName.TryParse(section, out _, out var last) && !int.TryParse(last, CultureInfo.InvariantCulture, out _) ? last : null;
}

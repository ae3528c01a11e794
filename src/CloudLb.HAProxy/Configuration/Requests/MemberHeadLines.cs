using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What a pool's members are told otherwise than the client said it. Rules of the pool, so that those by which the listener chose it have
/// looked at the request as it came; the usual request costs one condition.
/// </summary>
internal static class MemberHeadLines
{
    private const string Host = "req.fhdr(host,1)";

    public static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedPool pool)
    {
        var listeners = planned.Listeners
            .Where(listener => listener.Http is not null && IsSource(listener, PlannedPoolName.Of(pool.Name)))
            .ToList();
        foreach (var listener in listeners)
        {
            var from = listeners.Count > 1 ? $"{{ dst_port {listener.Port} }} " : "";
            if (listener.Http!.AdjustsHost)
            {
                WriteHost(text, listener.Port, from);
            }

            if (listener.Http.DropsInvalidHeaders)
            {
                text.Line("http-request").Constant($"del-header [^-A-Za-z0-9] -m reg{(from.Length > 0 ? $" if {from.Trim()}" : "")}");
            }
        }
    }

    private static void WriteHost(ConfigText text, int port, string from)
    {
        // AWS writes it in lower case, too. Clients that come to another port name it, and so most requests meet one condition.
        var isUsual = port is 80 or 443;
        var unlike = isUsual ? $"{{ {Host} -m reg [A-Z:] }}" : $"!{{ {Host} -m reg ^[^A-Z]*:{port}$ }} {{ {Host} -m len 1: }}";
        text.Line("http-request").Constant(
            $"set-header Host '%[{Host},regsub(\":[0-9]*$\",\"\"),lower]{(isUsual ? "" : $":{port}")}' if {from}{unlike}");
    }

    private static bool IsSource(PlannedListener listener, string pool) => listener.Rules
        .Select(rule => rule.Action)
        .Append(listener.DefaultAction)
        .Any(action => action is PlannedAction.Forward { Pools: var pools } && pools.Any(each => each.Pool == pool));
}

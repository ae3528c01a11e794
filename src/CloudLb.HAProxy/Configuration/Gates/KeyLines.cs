using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The public keys of tokens as files, which HAProxy reads when it starts: relative to the configuration's directory.</summary>
internal static class KeyLines
{
    /// <summary>The directory of the keys, below that of the configuration.</summary>
    public const string Directory = "keys";

    /// <summary>The key's file, named after its content: it never becomes another.</summary>
    public static string FileOf(PlannedKey key) =>
        $"{Directory}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Pem)))[..32]}.pem";

    /// <summary>Those of a load balancer, each once.</summary>
    public static IEnumerable<PlannedKey> Of(PlannedLoadBalancer loadBalancer) => loadBalancer.Listeners
        .SelectMany(listener => listener.Rules.Select(rule => rule.Action).Append(listener.DefaultAction))
        .Select(action => action.Gate)
        .OfType<PlannedGate.BearerToken>()
        .SelectMany(gate => gate.Keys)
        .Distinct();
}

using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Files;

/// <summary>The public keys by which a cell's listeners look at tokens, for the next process.</summary>
internal static class KeyFiles
{
    /// <summary>Those of a load balancer.</summary>
    public static IEnumerable<(string Name, string Text)> Of(PlannedLoadBalancer loadBalancer) =>
        KeyLines.Of(loadBalancer).Select(key => (KeyLines.FileOf(key), key.Pem));
}

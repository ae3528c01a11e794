using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.AccessLogs.Writing;

/// <summary>The names of objects in a bucket, as AWS has them.</summary>
internal static class ObjectName
{
    private const string RandomCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int RandomLength = 8;

    /// <summary>The end of the names of objects that are compressed with gzip.</summary>
    public const string Compressed = ".gz";

    /// <summary>Of what AWS writes to see whether it may.</summary>
    public static string OfTest(LoadBalancerId loadBalancer, AccessLog accessLog) =>
        $"{Root(loadBalancer, accessLog)}/ELB{NameOf(accessLog.Kind).OfTest}LogTestFile";

    /// <summary>
    /// A new name for an interval; another call gives another one. Its day is that of the interval's end, when delivery begins.
    /// </summary>
    public static string New(LoggedLoadBalancer loadBalancer, DateTimeOffset end)
    {
        var (id, time) = (loadBalancer.Id, end.UtcDateTime);
        var path = loadBalancer.Application?.Path ?? loadBalancer.Network?.Path;
        var (name, ending) = path is null ? (id.Name, "log") : (path.Replace('/', '.'), $"log{Compressed}");

        // AWS's of network load balancers do not name the node.
        var node = loadBalancer.Network is null ? $"{Node(loadBalancer.Address)}_" : "";
        var kind = NameOf(loadBalancer.AccessLog.Kind).Prefix;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Root(id, loadBalancer.AccessLog)}/elasticloadbalancing/{id.Region}/{time:yyyy'/'MM'/'dd}/" +
            $"{kind}{id.Account}_elasticloadbalancing_{id.Region}_{name}_{time:yyyyMMdd'T'HHmm'Z'}_{node}" +
            $"{RandomNumberGenerator.GetString(RandomCharacters, RandomLength)}.{ending}");
    }

    /// <summary>The end of the interval that a moment belongs to, on the marks of the clock.</summary>
    public static DateTimeOffset End(DateTimeOffset moment, TimeSpan interval) =>
        new(moment.UtcTicks - (moment.UtcTicks % interval.Ticks) + interval.Ticks, TimeSpan.Zero);

    private static (string Prefix, string OfTest) NameOf(LogKind kind) => kind switch
    {
        LogKind.Connections => ("conn_log_", "Connection"),
        LogKind.HealthChecks => ("health_check_log_", "HealthCheck"),
        _ => ("", "Access"),
    };

    private static string Root(LoadBalancerId loadBalancer, AccessLog accessLog) =>
        $"{(accessLog.Prefix.Length > 0 ? $"{accessLog.Prefix}/" : "")}AWSLogs/{loadBalancer.Account}";

    /// <summary>In the plain dotted form; AWS has no IPv6 here, and colons are taken amiss by file systems and tools.</summary>
    private static string Node(IPAddress address) => address.ToString().Replace(':', '-');
}

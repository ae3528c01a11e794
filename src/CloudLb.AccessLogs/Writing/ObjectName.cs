using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Attributes;

namespace CloudLb.AccessLogs.Writing;

/// <summary>The names of objects in a bucket, as AWS has them.</summary>
internal static class ObjectName
{
    private const string RandomCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int RandomLength = 8;

    /// <summary>Of what AWS writes to see whether it may.</summary>
    public static string OfTest(LoadBalancerKey loadBalancer, AccessLog accessLog) => $"{Root(loadBalancer, accessLog)}/ELBAccessLogTestFile";

    /// <summary>A new name for an interval; another call gives another one. Its day is that of the interval's end, when delivery begins.</summary>
    public static string New(LoadBalancer loadBalancer, AccessLog accessLog, DateTimeOffset end)
    {
        var (key, time) = (loadBalancer.Key, end.UtcDateTime);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Root(key, accessLog)}/elasticloadbalancing/{key.Region}/{time:yyyy'/'MM'/'dd}/" +
            $"{key.Account}_elasticloadbalancing_{key.Region}_{key.Name}_{time:yyyyMMdd'T'HHmm'Z'}_{Node(loadBalancer.Address)}_{RandomNumberGenerator.GetString(RandomCharacters, RandomLength)}.log");
    }

    /// <summary>The end of the interval that a moment belongs to, on the marks of the clock.</summary>
    public static DateTimeOffset End(DateTimeOffset moment, TimeSpan interval) => new(moment.UtcTicks - (moment.UtcTicks % interval.Ticks) + interval.Ticks, TimeSpan.Zero);

    private static string Root(LoadBalancerKey loadBalancer, AccessLog accessLog) =>
        $"{(accessLog.Prefix.Length > 0 ? $"{accessLog.Prefix}/" : "")}AWSLogs/{loadBalancer.Account}";

    /// <summary>In the plain dotted form; AWS has no IPv6 here, and colons are taken amiss by file systems and tools.</summary>
    private static string Node(IPAddress address) => address.ToString().Replace(':', '-');
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// The first line of a spool file: where the rest belongs. A repeated delivery has the same name, and so replaces the first.
/// </summary>
/// <param name="LoadBalancer">Whose lines follow.</param>
/// <param name="AccessLog">Its attribute when the file was begun.</param>
/// <param name="End">Of the interval that it covers.</param>
/// <param name="Key">The object's name in the bucket.</param>
internal sealed record SpoolHeader(LoadBalancerId LoadBalancer, AccessLog AccessLog, DateTimeOffset End, string Key)
{
    /// <summary>Of every load balancer in a file that was begun before headers named kinds.</summary>
    private const string FirstKind = "elb";

    [JsonIgnore]
    public string Bucket => AccessLog.Bucket;

    /// <summary>Null when it is no header.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static SpoolHeader? Parse(string line) =>
        JsonSerializer.Deserialize<SpoolHeader>(line) is { AccessLog: not null, LoadBalancer: not null, Key: not null } header
        ? header with { LoadBalancer = header.LoadBalancer with { Kind = (string?)header.LoadBalancer.Kind ?? FirstKind } }
        : null;
}

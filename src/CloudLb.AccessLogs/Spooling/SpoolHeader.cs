using System.Text.Json.Serialization;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Attributes;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>The first line of a spool file: where the rest belongs. A repeated delivery has the same name, and so replaces the first.</summary>
/// <param name="LoadBalancer">Whose lines follow.</param>
/// <param name="AccessLog">Its attribute when the file was begun.</param>
/// <param name="End">Of the interval that it covers.</param>
/// <param name="Key">The object's name in the bucket.</param>
internal sealed record SpoolHeader(LoadBalancerKey LoadBalancer, AccessLog AccessLog, DateTimeOffset End, string Key)
{
    [JsonIgnore]
    public string Bucket => AccessLog.Bucket;
}

using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Which accounts may write to which buckets: the settings say it of some; every other bucket is everyone's.</summary>
internal sealed class BucketOwners(IOptions<AccessLogOptions> options)
{
    private readonly Dictionary<string, HashSet<AccountId>> _owners =
        options.Value.BucketAccounts.ToDictionary(bucket => bucket.Key, bucket => bucket.Value.Select(account => new AccountId(account)).ToHashSet());

    public bool MayWrite(AccountId account, string bucket) => !_owners.TryGetValue(bucket, out var owners) || owners.Contains(account);

    /// <summary>Whether the load balancer's access log is on, and goes where its account may write.</summary>
    public bool IsLogged(LoadBalancer loadBalancer) =>
        loadBalancer.Attributes.AccessLog is { IsEnabled: true } accessLog && MayWrite(loadBalancer.Key.Account, accessLog.Bucket);
}

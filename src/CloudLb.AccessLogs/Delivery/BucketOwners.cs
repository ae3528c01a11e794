using CloudLb.Core.AccessLogs;
using CloudLb.Core.Accounts;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>
/// Which accounts may write to which buckets, and read there: the settings say it of some; every other bucket is everyone's.
/// </summary>
internal sealed class BucketOwners(IOptions<AccessLogOptions> options)
{
    private readonly Dictionary<string, HashSet<AccountId>> _owners =
        options.Value.BucketAccounts.ToDictionary(
            bucket => bucket.Key, bucket => bucket.Value.Select(account => new AccountId(account)).ToHashSet());

    public bool MayWrite(AccountId account, string bucket) => !_owners.TryGetValue(bucket, out var owners) || owners.Contains(account);

    /// <summary>Whether the load balancer's access log goes where its account may write.</summary>
    public bool IsLogged(LoggedLoadBalancer loadBalancer) => MayWrite(loadBalancer.Id.Account, loadBalancer.AccessLog.Bucket);
}

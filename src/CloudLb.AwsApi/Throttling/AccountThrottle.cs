using System.Collections.Concurrent;

namespace CloudLb.AwsApi.Throttling;

/// <summary>
/// Counts each account's requests. There is an entry for every account that has signed one, and the accounts are the operator's.
/// </summary>
internal sealed class AccountThrottle(ThrottlingOptions options, TimeProvider clock)
{
    private static readonly WireError RateExceeded = new("Throttling", 400, "Rate exceeded");

    /// <summary>EC2 has a code and a status of its own for it.</summary>
    private static readonly WireError Ec2RateExceeded = new("RequestLimitExceeded", 503, "Request limit exceeded.");

    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>False when the account has to wait.</summary>
    public bool TryTake(string account) => _buckets.GetOrAdd(account, static (_, throttle) => throttle.NewBucket(), this).TryTake();

    public static WireError ErrorFor(ServiceContract? service) => service?.IsEc2 == true ? Ec2RateExceeded : RateExceeded;

    private TokenBucket NewBucket() => new(options.RequestsPerSecond, options.Burst > 0 ? options.Burst : options.RequestsPerSecond, clock);
}

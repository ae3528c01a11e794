using System.Collections.Concurrent;

namespace CloudLb.AwsQuery.Throttling;

/// <summary>Counts each account's requests. There is an entry for every account that has signed one, and the accounts are the operator's.</summary>
internal sealed class AccountThrottle(ThrottlingOptions options, TimeProvider clock)
{
    public static readonly WireError RateExceeded = new("Throttling", 400, "Rate exceeded");

    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>False when the account has to wait.</summary>
    public bool TryTake(string account) => _buckets.GetOrAdd(account, static (_, throttle) => throttle.NewBucket(), this).TryTake();

    private TokenBucket NewBucket() => new(options.RequestsPerSecond, options.Burst > 0 ? options.Burst : options.RequestsPerSecond, clock);
}

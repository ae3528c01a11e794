namespace CloudLb.AwsApi.Throttling;

/// <summary>Holds up to a number of tokens, one for each request, and is filled at a steady rate; full at first.</summary>
/// <remarks>
/// .NET's own TokenBucketRateLimiter keeps a timer for each bucket and reads the system's clock; this one is filled when it is asked.
/// </remarks>
internal sealed class TokenBucket(int tokensPerSecond, int capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private double _tokens = capacity;
    private long _filledAt = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(capacity, _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * tokensPerSecond));
            _filledAt = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}

namespace CloudLb.AwsApi;

/// <summary>What a client sends so that a request that is sent twice is carried out once.</summary>
public static class IdempotencyToken
{
    /// <summary>Of AWS's clients' form.</summary>
    public static string New() => Guid.NewGuid().ToString();
}

namespace CloudLb.AwsApi.SigV4;

/// <summary>Names of the signature check.</summary>
public static class SigV4Defaults
{
    /// <summary>The algorithm, as signatures name it.</summary>
    public const string Scheme = "AWS4-HMAC-SHA256";
}

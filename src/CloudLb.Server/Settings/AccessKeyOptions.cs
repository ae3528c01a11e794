namespace CloudLb.Server.Settings;

/// <summary>An access key and the account it stands for.</summary>
public sealed class AccessKeyOptions
{
    public string AccountId { get; set; } = "";

    public string AccessKeyId { get; set; } = "";

    public string SecretAccessKey { get; set; } = "";
}

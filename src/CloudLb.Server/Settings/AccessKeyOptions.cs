namespace CloudLb.Server.Settings;

/// <summary>An access key and the account it stands for.</summary>
public sealed class AccessKeyOptions
{
    public string AccountId { get; set; } = "";

    public string AccessKeyId { get; set; } = "";

    public string SecretAccessKey { get; set; } = "";

    /// <summary>What may be done with it. Default <see cref="AccessKeyPermission.Full"/>.</summary>
    public AccessKeyPermission Permission { get; set; }

    /// <summary>With <see cref="AccessKeyPermission.RegisterSelf"/>: the names of the load balancers.</summary>
    public List<string> LoadBalancers { get; set; } = [];

    /// <summary>With <see cref="AccessKeyPermission.RegisterSelf"/>: the instance ids and addresses that it may name; empty: any.</summary>
    public List<string> Instances { get; set; } = [];
}

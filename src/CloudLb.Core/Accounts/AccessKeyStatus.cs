namespace CloudLb.Core.Accounts;

/// <summary>What has become of an access key.</summary>
public enum AccessKeyStatus
{
    Active,
    Inactive,

    /// <summary>It stays known, so that the settings do not bring it back.</summary>
    Deleted,
}

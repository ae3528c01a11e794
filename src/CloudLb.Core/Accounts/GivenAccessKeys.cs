namespace CloudLb.Core.Accounts;

/// <summary>The access keys that the settings and the credentials file give. They say which users there are.</summary>
/// <param name="Keys">Each id once, dated now.</param>
public sealed record GivenAccessKeys(IReadOnlyList<AccessKey> Keys)
{
    public static readonly GivenAccessKeys None = new([]);
}

using CloudLb.Core.Accounts;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Startup;

/// <summary>The access keys that the settings and the credentials file give.</summary>
internal static class AccessKeys
{
    public static GivenAccessKeys Of(CloudLbSettings settings, DateTimeOffset now)
    {
        var second = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return new([.. All(settings).Select(key => key with { CreateDate = second })]);
    }

    private static IEnumerable<AccessKey> All(CloudLbSettings settings)
    {
        var options = settings.Server;
        var (id, secret) = string.IsNullOrEmpty(options.AccessKeyId)
            ? CredentialsFile.ReadOrCreate(settings.DataDirectory)
            : (options.AccessKeyId, options.SecretAccessKey!);
        yield return Key(options.AccountId, id, secret, Permission.Full);

        foreach (var key in options.AccessKeys)
        {
            yield return Key(key.AccountId, key.AccessKeyId, key.SecretAccessKey, PermissionOf(key));
        }
    }

    private static Permission PermissionOf(AccessKeyOptions key) => key.Permission switch
    {
        AccessKeyPermission.ReadOnly => Permission.ReadOnly,
        AccessKeyPermission.RegisterSelf => new Permission.RegisterSelf(
            [.. key.LoadBalancers], [.. key.Instances], TargetGroups: [.. key.TargetGroups]),
        AccessKeyPermission.Full => Permission.Full,
        _ => throw new StartException($"The permission {key.Permission} of the access key {key.AccessKeyId} is not known."),
    };

    private static AccessKey Key(string account, string id, string secret, Permission permission) =>
        new() { Account = new(account), AccessKeyId = id, SecretAccessKey = secret, Permission = permission };
}

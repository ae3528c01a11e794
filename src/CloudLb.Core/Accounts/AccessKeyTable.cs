using System.Collections.Frozen;

namespace CloudLb.Core.Accounts;

/// <summary>Access keys that stay as they are while the process runs.</summary>
public sealed class AccessKeyTable(IEnumerable<AccessKey> keys) : IAccessKeySource
{
    private readonly FrozenDictionary<string, AccessKey> _keys = keys.ToFrozenDictionary(key => key.AccessKeyId);

    public AccessKey? Find(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);
}

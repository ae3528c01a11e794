namespace CloudLb.Core.Accounts;

/// <summary>Finds the access key that a request names.</summary>
public interface IAccessKeyStore
{
    AccessKey? Find(string accessKeyId);
}

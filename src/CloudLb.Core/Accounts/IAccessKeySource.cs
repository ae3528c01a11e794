namespace CloudLb.Core.Accounts;

/// <summary>Finds the access key that a request names. Asked for each request, so an answer comes from memory.</summary>
public interface IAccessKeySource
{
    AccessKey? Find(string accessKeyId);
}

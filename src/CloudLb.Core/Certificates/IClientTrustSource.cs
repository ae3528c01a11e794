namespace CloudLb.Core.Certificates;

/// <summary>Gives whatever asks clients for certificates what it needs to look at them. Safe to call from any thread.</summary>
public interface IClientTrustSource
{
    /// <summary>Null when nothing has that content any more.</summary>
    /// <param name="trustStoreId">What the plan says: it stands for the content, which never changes under it.</param>
    ClientTrust? Read(string trustStoreId);
}

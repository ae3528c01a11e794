namespace CloudLb.AwsApi.SigV4;

/// <summary>Finds what a caller signs with. Asked for each request, so an answer comes from memory.</summary>
public interface ICredentialSource
{
    /// <returns>Null when there is no such key. An inactive key is returned, marked so.</returns>
    ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken);
}

using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Certificates;

/// <summary>
/// Keeps server certificates, and their private keys encrypted. Changes are made one after the other together with those of the load balancers, so that
/// no listener ever names a certificate that is gone. A change is answered when it is durable.
/// </summary>
public interface ICertificateStore : ICertificateSource
{
    /// <summary>Everything that was answered so far, read from memory.</summary>
    CertificateSnapshot Current { get; }

    /// <summary>Adds a certificate; a name that is taken is EntityAlreadyExists.</summary>
    /// <param name="certificate">Its id is new.</param>
    /// <param name="privateKey">What belongs to it, PEM; see <see cref="CertificateUpload"/>.</param>
    /// <param name="quota">How many the account may have; one more is LimitExceeded.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ServerCertificate> CreateAsync(ServerCertificate certificate, string privateKey, int quota, CancellationToken cancellationToken);

    /// <summary>Replaces a certificate by what <paramref name="update"/> makes of it; NoSuchEntity when there is none.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="name">Its name before.</param>
    /// <param name="update">A pure function; may run on another thread; must not wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ServerCertificate> UpdateAsync(
        AccountId account, string name, Func<ServerCertificate, ServerCertificate> update, CancellationToken cancellationToken);

    /// <summary>Removes a certificate; NoSuchEntity when there is none, DeleteConflict while a listener uses it.</summary>
    Task DeleteAsync(AccountId account, string name, CancellationToken cancellationToken);
}

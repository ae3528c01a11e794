using System.Collections.Immutable;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.Certificates;

/// <summary>All server certificates at one moment. Immutable: a reader keeps what it has while the next one is made.</summary>
public sealed class CertificateSnapshot
{
    public static readonly CertificateSnapshot Empty = new(
        ImmutableDictionary<string, ServerCertificate>.Empty,
        ImmutableDictionary<string, ServerCertificate>.Empty,
        ImmutableDictionary<AccountId, ImmutableSortedDictionary<string, ServerCertificate>>.Empty);

    private readonly ImmutableDictionary<string, ServerCertificate> _byId;
    private readonly ImmutableDictionary<string, ServerCertificate> _byArn;
    private readonly ImmutableDictionary<AccountId, ImmutableSortedDictionary<string, ServerCertificate>> _byAccount;

    private CertificateSnapshot(
        ImmutableDictionary<string, ServerCertificate> byId,
        ImmutableDictionary<string, ServerCertificate> byArn,
        ImmutableDictionary<AccountId, ImmutableSortedDictionary<string, ServerCertificate>> byAccount)
    {
        _byId = byId;
        _byArn = byArn;
        _byAccount = byAccount;
    }

    public static CertificateSnapshot Of(IEnumerable<ServerCertificate> certificates) =>
        certificates.Aggregate(Empty, (snapshot, certificate) => snapshot.With(certificate));

    public int Count => _byId.Count;

    public ServerCertificate? Find(AccountId account, string name) => In(account).GetValueOrDefault(name);

    /// <summary>The certificate, or IAM's NoSuchEntity.</summary>
    public ServerCertificate Get(AccountId account, string name) => Find(account, name)
        ?? throw new ServiceException(ErrorCode.NoSuchEntity, $"The Server Certificate with name {name} cannot be found.");

    public ServerCertificate? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>An account's own certificate by its ARN; another account's is not there.</summary>
    public ServerCertificate? FindByArn(AccountId account, string arn) =>
        _byArn.GetValueOrDefault(arn) is { } found && found.Account == account ? found : null;

    public int CountIn(AccountId account) => In(account).Count;

    /// <summary>The certificates of an account below a path, in the order of their names, after the name given.</summary>
    public IEnumerable<ServerCertificate> After(AccountId account, string? name, string pathPrefix) => In(account).Values
        .Where(certificate => name is null || string.CompareOrdinal(certificate.Name, name) > 0)
        .Where(certificate => certificate.Path.StartsWith(pathPrefix, StringComparison.Ordinal));

    /// <summary>Adds a certificate, or replaces the one that has its id. A name that another one has is EntityAlreadyExists.</summary>
    public CertificateSnapshot With(ServerCertificate certificate)
    {
        if (Find(certificate.Account, certificate.Name) is { } other && other.Id != certificate.Id)
        {
            throw new ServiceException(ErrorCode.EntityAlreadyExists, $"The Server Certificate with name {certificate.Name} already exists.");
        }

        var others = FindById(certificate.Id) is { } before ? Without(before) : this;
        return new(
            others._byId.Add(certificate.Id, certificate),
            others._byArn.Add(certificate.Arn, certificate),
            others._byAccount.SetItem(certificate.Account, others.In(certificate.Account).Add(certificate.Name, certificate)));
    }

    public CertificateSnapshot Without(ServerCertificate certificate) => new(
        _byId.Remove(certificate.Id),
        _byArn.Remove(certificate.Arn),
        _byAccount.SetItem(certificate.Account, In(certificate.Account).Remove(certificate.Name)));

    private ImmutableSortedDictionary<string, ServerCertificate> In(AccountId account) =>
        _byAccount.GetValueOrDefault(account, ImmutableSortedDictionary.Create<string, ServerCertificate>(StringComparer.Ordinal));
}

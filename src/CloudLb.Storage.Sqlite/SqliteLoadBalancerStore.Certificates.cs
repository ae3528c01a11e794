using System.Collections.Immutable;
using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The certificates, which share the writer with the load balancers that use them.</summary>
internal sealed partial class SqliteLoadBalancerStore : ICertificateStore
{
    private CertificateState _certificates;

    CertificateSnapshot ICertificateStore.Current => Volatile.Read(ref _certificates).Snapshot;

    public string? ReadPem(string certificateId)
    {
        var state = Volatile.Read(ref _certificates);
        return state.Snapshot.FindById(certificateId) is { } certificate
            ? PemCertificates.Rewrite(certificate.Body) + PemCertificates.Rewrite(certificate.Chain ?? "")
                + _keyFile.Unseal(certificateId, state.SealedKeys[certificateId]) + "\n"
            : null;
    }

    public Task<ServerCertificate> CreateAsync(ServerCertificate certificate, string privateKey, int quota, CancellationToken cancellationToken) =>
        ChangeAsync(
            (state, table) =>
            {
                var snapshot = state.Snapshot.With(certificate);
                if (state.Snapshot.CountIn(certificate.Account) >= quota)
                {
                    throw new ServiceException(ErrorCode.LimitExceeded, $"Cannot exceed quota for ServerCertificatesPerAccount: {quota}");
                }

                var sealedKey = _keyFile.Seal(certificate.Id, privateKey);
                table.Write(certificate, sealedKey);
                return (new(snapshot, state.SealedKeys.Add(certificate.Id, sealedKey)), certificate);
            },
            cancellationToken);

    public Task<ServerCertificate> UpdateAsync(
        AccountId account, string name, Func<ServerCertificate, ServerCertificate> update, CancellationToken cancellationToken) => ChangeAsync(
            (state, table) =>
            {
                var before = state.Snapshot.Get(account, name);
                var after = update(before);
                if (after == before)
                {
                    return (state, before);
                }

                var snapshot = state.Snapshot.With(after);
                table.Write(after, state.SealedKeys[after.Id]);
                return (state with { Snapshot = snapshot }, after);
            },
            cancellationToken);

    public Task DeleteAsync(AccountId account, string name, CancellationToken cancellationToken) => ChangeAsync(
        (state, table) =>
        {
            var certificate = state.Snapshot.Get(account, name);
            certificate.EnsureUnused(Current);
            table.Remove(certificate.Id);
            return (new(state.Snapshot.Without(certificate), state.SealedKeys.Remove(certificate.Id)), certificate);
        },
        cancellationToken);

    private Task<ServerCertificate> ChangeAsync(
        Func<CertificateState, CertificateTable, (CertificateState Next, ServerCertificate Answer)> change, CancellationToken cancellationToken) =>
        EnqueueAsync(new PendingCertificateChange(change), cancellationToken);

    /// <summary>All there is, every private key tried, so that a key file that does not fit is told at start and not when a listener needs it.</summary>
    private static CertificateState ReadCertificates(
        IReadOnlyList<(ServerCertificate Certificate, byte[] SealedKey)> rows, CertificateKeyFile keyFile)
    {
        try
        {
            foreach (var (certificate, sealedKey) in rows)
            {
                _ = keyFile.Unseal(certificate.Id, sealedKey);
            }

            return new(
                CertificateSnapshot.Of(rows.Select(row => row.Certificate)),
                rows.ToImmutableDictionary(row => row.Certificate.Id, row => row.SealedKey));
        }
        catch (ServiceException exception)
        {
            // The snapshot's own refusal of a name that is there twice means a damaged row here.
            throw new JsonException(exception.Message, exception);
        }
    }

    private void Commit(PendingCertificateChange change)
    {
        if (Refused() is { } refused)
        {
            change.Fail(refused);
            return;
        }

        try
        {
            var next = change.Apply(_certificates, WithRoom().Certificates);
            if (next != _certificates)
            {
                NoteChanges();
                Volatile.Write(ref _certificates, next);
                _changes.Raise();
            }

            change.Complete();
        }
        catch (SqliteException exception)
        {
            Log.CommitFailed(_logger, 1, _file.Path, exception);
            _hasFailed = true;
            change.Fail(Unavailable(exception));
        }
        catch (Exception refusal)
        {
            // Of whatever type: it is the caller's own function, and its own answer.
            change.Fail(refusal);
        }
    }
}

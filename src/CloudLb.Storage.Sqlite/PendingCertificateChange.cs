using CloudLb.Core.Certificates;

namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change of one certificate. It is committed alone, so that the published snapshots are what it, and the next change, sees.</summary>
/// <param name="change">
/// Writes what changes and gives the next state with what the caller is told. Runs while nobody else writes; a ServiceException is the caller's answer.
/// </param>
internal sealed class PendingCertificateChange(Func<CertificateState, CertificateTable, (CertificateState Next, ServerCertificate Answer)> change)
    : Pending<ServerCertificate>
{
    private ServerCertificate? _value;

    /// <summary>The state after it; it is on the disk by then.</summary>
    public CertificateState Apply(CertificateState state, CertificateTable table)
    {
        (var next, _value) = change(state, table);
        return next;
    }

    public void Complete() => Complete(_value!);
}

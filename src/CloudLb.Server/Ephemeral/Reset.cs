using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Server.Ephemeral;

/// <summary>Empties an ephemeral server: as if it had been started just now, at the same place.</summary>
internal sealed class Reset(
    IStoreReset store, KnownAccessKeys keys, Reconciler reconciler, ChangeSignal changes, ITrafficStatus traffic, TimeProvider clock)
{
    /// <summary>A machine that is very busy may take seconds to start or end a process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Returns when nothing is stored and no listener takes traffic any more.</summary>
    /// <returns>Why the traffic could not be ended, which is tried again; null when it has.</returns>
    /// <exception cref="Core.ServiceException">Nothing was changed; the message says why.</exception>
    public async Task<string?> ExecuteAsync(CancellationToken cancellationToken)
    {
        await store.ResetAsync(cancellationToken);
        await keys.RecordGivenAsync(cancellationToken);
        var served = reconciler.NextPass;
        changes.Raise();
        try
        {
            await served.WaitAsync(Patience, clock, cancellationToken);
            return null;
        }
        catch (TimeoutException)
        {
            return $"All is removed, but {traffic.Engine} has not followed " +
                $"yet{(reconciler.LastFailure is { } failure ? $": {failure}" : ".")}";
        }
    }
}

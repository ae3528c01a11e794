using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>
/// A process makes the keys of its listeners' TLS tickets when it starts, keeps them and its sessions until it ends, whatever becomes of
/// certificates, and cannot be told to forget them (2.6.12). So the next one comes in time; it knows of no session of the one before.
/// </summary>
internal static class TicketKeys
{
    /// <summary>Asks for a hand-over when the keys of the process are old. Called under the gate.</summary>
    public static void Renew(CellContext context, CellProcess process)
    {
        var (state, now) = (context.State.Now, context.Now);
        process.Looks.TicketKeysKnown ??= process.Begun > TimeSpan.Zero ? process.Begun : now;
        if (state.Drift is null && state.Served.Any(served => served.ListenerCertificates().Any())
            && now - process.Looks.TicketKeysKnown > context.Options.TlsTicketKeyLifetime)
        {
            context.State.Change(next => next with { Drift = "ticket keys renewed" });
            context.Changes.Raise();
        }
    }
}

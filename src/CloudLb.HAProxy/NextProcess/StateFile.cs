using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// What is known of the members, so that the next process begins where this one is, also after a crash. Used under the gate.
/// </summary>
internal sealed class StateFile(CellContext context, HealthTable health, SlowStarts starts)
{
    // What was written last, by its hash: the text of a full cell is 55 KB.
    private byte[] _written = [];

    public void Write()
    {
        var path = context.Directory.StateFile;
        var text = ServerStateText.Write(context.State.Now.Targets
            .SelectMany(target => target.CheckedMembers())
            .Select(active => (StateOf(active), active.Probe)));
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()));
        if (!hash.SequenceEqual(_written) || !File.Exists(path))
        {
            PrivateFile.Write(path, text, isDurable: false);
            _written = hash;
        }
    }

    private ServerState StateOf(NamedMember active) => health.StateOf(active.Name, active.Member) with
    {
        Weight = starts.WeightOf(active),
        ConfiguredWeight = active.Member.Weight,
    };

    /// <summary>Its age says how long ago everything was looked at.</summary>
    public void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(context.Directory.StateFile, context.Clock.GetUtcNow().UtcDateTime);
        }
        catch (FileNotFoundException)
        {
            // Somebody has deleted it.
            Write();
        }
    }
}

using System.Threading.Channels;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// Members that wait for their first probe, cells whose process is to be told what it cannot know of its members, and members whose certificate is to be
/// looked at.
/// </summary>
internal sealed class ProbeQueue
{
    private readonly Channel<(Cell, MemberName, PlannedMember, PlannedProbe)> _unproven =
        Channel.CreateUnbounded<(Cell, MemberName, PlannedMember, PlannedProbe)>();

    private readonly Channel<Cell> _untold = Channel.CreateUnbounded<Cell>();

    private readonly Channel<CertificateLook> _looks = Channel.CreateUnbounded<CertificateLook>();

    public ChannelReader<(Cell Cell, MemberName Name, PlannedMember Member, PlannedProbe Probe)> Unproven => _unproven.Reader;

    public ChannelReader<Cell> Untold => _untold.Reader;

    public ChannelReader<CertificateLook> Looks => _looks.Reader;

    public void Look(CertificateLook look) => _looks.Writer.TryWrite(look);

    public void Probe(Cell cell, MemberName name, PlannedMember member, PlannedProbe probe) => _unproven.Writer.TryWrite((cell, name, member, probe));

    public void Tell(Cell cell) => _untold.Writer.TryWrite(cell);
}

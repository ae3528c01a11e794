using System.Threading.Channels;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// Members that wait for their first probe, cells whose process is to be told what it cannot know of its members, and members whose
/// certificate is to be looked at.
/// </summary>
internal sealed class ProbeQueue
{
    private readonly Channel<WaitingProbe> _unproven = Channel.CreateUnbounded<WaitingProbe>();

    private readonly Channel<int> _untold = Channel.CreateUnbounded<int>();

    private readonly Channel<CertificateLook> _looks = Channel.CreateUnbounded<CertificateLook>();

    public ChannelReader<WaitingProbe> Unproven => _unproven.Reader;

    /// <summary>The numbers of the cells.</summary>
    public ChannelReader<int> Untold => _untold.Reader;

    public ChannelReader<CertificateLook> Looks => _looks.Reader;

    public void Look(CertificateLook look) => _looks.Writer.TryWrite(look);

    public void Probe(WaitingProbe waiting) => _unproven.Writer.TryWrite(waiting);

    public void Tell(int cell) => _untold.Writer.TryWrite(cell);
}

using System.Net;

namespace CloudLb.AwsApi.Requests;

/// <summary>Room for one body, given back when it is disposed of.</summary>
/// <remarks>What tells that it is displaced has no timer and is not disposed of: the room may tell at any time.</remarks>
internal sealed class BodyLease(BodyRoom room, int length, IPAddress source) : IDisposable
{
    private readonly CancellationTokenSource _displaced = new();
    private bool _isGivenBack;

    /// <summary>Bytes.</summary>
    public int Length { get; } = length;

    public IPAddress Source { get; } = source;

    /// <summary>Cancelled when others need the room of a small body that does not come.</summary>
    public CancellationToken Displaced => _displaced.Token;

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isGivenBack, true))
        {
            room.GiveBack(this);
        }
    }

    internal void Displace() => _displaced.Cancel();
}

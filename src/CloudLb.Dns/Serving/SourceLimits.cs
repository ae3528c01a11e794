using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CloudLb.Dns.Serving;

/// <summary>
/// How many datagrams a network is answered, since a source is easily made up and what is answered then reaches somebody who has not asked.
/// Beyond that every second one is told to come by TCP and the others are dropped. This machine may ask as it likes.
/// </summary>
/// <remarks>
/// A table of one size, whoever asks: networks that share a place by chance share what it allows, and nobody knows which do. Safe to use
/// from any thread.
/// </remarks>
internal sealed class SourceLimits(int perSecond, TimeProvider clock)
{
    private const int Places = 8192;

    private readonly Lock _lock = new();
    private readonly (double Left, long At)[] _places = new (double, long)[Places];
    private readonly int _key = RandomNumberGenerator.GetInt32(int.MaxValue);
    private bool _isHeldOff;

    public SourceLimit Of(IPAddress source)
    {
        if (IPAddress.IsLoopback(source))
        {
            return SourceLimit.Answered;
        }

        lock (_lock)
        {
            ref var place = ref _places[PlaceOf(source)];
            var now = clock.GetTimestamp();
            var grown = place.At == 0 ? perSecond : place.Left + (clock.GetElapsedTime(place.At, now).TotalSeconds * perSecond);
            var left = Math.Min(perSecond, grown);
            place = (left >= 1 ? left - 1 : left, now);
            if (left >= 1)
            {
                return SourceLimit.Answered;
            }

            _isHeldOff = !_isHeldOff;
            return _isHeldOff ? SourceLimit.HeldOff : SourceLimit.Dropped;
        }
    }

    /// <summary>Of its /24, or its /56 of IPv6, which one asker has as a whole.</summary>
    private int PlaceOf(IPAddress source)
    {
        Span<byte> bytes = stackalloc byte[16];
        source.TryWriteBytes(bytes, out _);
        var hash = new HashCode();
        hash.Add(_key);
        hash.AddBytes(bytes[..(source.AddressFamily == AddressFamily.InterNetwork ? 3 : 7)]);
        return (int)((uint)hash.ToHashCode() % Places);
    }
}

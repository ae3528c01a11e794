using System.Net;
using System.Net.Sockets;

namespace CloudLb.Server.PoolAddresses;

/// <summary>
/// Finds out whether another machine of the network has an address: the system asks for it as soon as anything is sent there, and writes
/// down who answers. IPv6 does the like by itself when an address is added.
/// </summary>
internal static class NeighbourProbe
{
    private const string Table = "/proc/net/arp";
    private const int Discard = 9, Known = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600), Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The other's hardware address; null when nobody answers.</summary>
    public static async Task<string?> WhoAnswersAsync(IPAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.SendToAsync(new byte[1], new IPEndPoint(address, Discard), cancellationToken);
        }
        catch (SocketException)
        {
            // Where nothing leads to, nobody answers.
            return null;
        }

        var since = clock.GetTimestamp();
        while (true)
        {
            if (Answer($"{address}") is { } hardware)
            {
                return hardware;
            }

            if (clock.GetElapsedTime(since) > Patience)
            {
                return null;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>A line is the address, the sort of hardware, flags, the hardware's address, a mask and the interface.</summary>
    private static string? Answer(string address) => File.ReadLines(Table).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length >= 6 && words[0] == address && (Convert.ToInt32(words[2], 16) & Known) != 0)
        .Select(words => words[3])
        .FirstOrDefault();
}

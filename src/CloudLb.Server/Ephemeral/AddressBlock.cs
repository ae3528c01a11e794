using System.Net;
using System.Net.Sockets;
using CloudLb.Server.Startup;

namespace CloudLb.Server.Ephemeral;

/// <summary>
/// A network of loopback addresses that no other ephemeral server has. What claims it is an abstract Unix socket named after it: the kernel
/// gives a name to one process alone, takes it back when that ends, however it ends, and knows it in one network namespace, which is as far
/// as loopback addresses reach.
/// </summary>
internal sealed class AddressBlock : IDisposable
{
    /// <summary>The upper half of 127.0.0.0/8, far from the pool that a lasting server has by default, in parts of its size.</summary>
    private const int FirstByte = 127, Blocks = 512, PrefixLength = 18;

    private readonly Socket _claim;

    private AddressBlock(Socket claim, string network)
    {
        _claim = claim;
        Network = network;
    }

    /// <summary>In CIDR form.</summary>
    public string Network { get; }

    /// <summary>Takes one that is free.</summary>
    /// <exception cref="StartException">All are taken.</exception>
    public static AddressBlock Claim()
    {
        for (var tried = 0; tried < Blocks; tried++)
        {
            // Where the search begins does not matter, but servers that come one after the other should not meet what clients still know of
            // the one before.
            var network = NetworkOf((Environment.ProcessId + tried) % Blocks);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Bind(new UnixDomainSocketEndPoint($"\0cloudlb-addresses-{network}"));
                return new(socket, network);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                socket.Dispose();
            }
        }

        throw new StartException(
            $"All {Blocks} blocks of loopback addresses are taken by other ephemeral servers; end some, or give this one a " +
                "CloudLb:AddressPool.");
    }

    public void Dispose() => _claim.Dispose();

    private static string NetworkOf(int number)
    {
        var start = (1 << 23) + (number << (32 - PrefixLength));
        return new IPNetwork(new IPAddress([FirstByte, (byte)(start >> 16), (byte)(start >> 8), (byte)start]), PrefixLength).ToString();
    }
}

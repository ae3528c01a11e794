using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>
/// Gives each load balancer an address of its own out of one or more networks. It goes round: an address that was given back is the last to
/// be given again, so that a client which still knows it does not meet a stranger at once.
/// </summary>
/// <param name="networks">Where the addresses are from.</param>
/// <param name="listening">
/// Where others listen; absent: nowhere. An address where somebody listens, another CloudLb with the same pool for instance, is not given
/// out: at most, when there is no other, where the ports in use are not those that are wanted, as on a machine's only address.
/// </param>
/// <param name="setting">What whoever has to enlarge it calls it.</param>
/// <param name="reserved">Addresses that it never gives out; absent: none.</param>
public sealed class AddressPool(
    IReadOnlyList<IPNetwork> networks, ListeningSockets? listening = null, string setting = "AddressPool",
    IReadOnlySet<IPAddress>? reserved = null) : IAddressAllocator
{
    private readonly Lock _choosing = new();
    private UInt128 _next;

    /// <summary>How many addresses there are. An IPv4 network's own and its broadcast address are left out.</summary>
    public UInt128 Size { get; } = networks.Aggregate(UInt128.Zero, (size, network) => Sum(size, UsableIn(network)));

    /// <summary>Whether an address is one of the pool's, whoever has it.</summary>
    public bool Holds(IPAddress address) => networks.Any(network => network.Contains(address));

    /// <summary>Whether an address is one that it gives out, whoever has it.</summary>
    public bool Gives(IPAddress address) => !IsReserved(address)
        && networks.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)
            && (UsableIn(network) == Addresses(network) || !IsEdge(network, address)));

    public IPAddress Allocate(Snapshot snapshot, IReadOnlyCollection<int>? ports = null)
    {
        var inUse = (listening?.Read() ?? []).ToLookup(place => place.Address, place => place.Port);
        var isBusyAtAll = false;
        lock (_choosing)
        {
            UInt128? secondBest = null;

            // As many steps as there are load balancers, reserved addresses and those that others use, and one, must meet a free address if
            // there is any.
            // Where networks overlap, an address that is taken can be met once in each.
            var taken = snapshot.CountUsed(Used.Address) + inUse.Count + (reserved?.Count ?? 0);
            var steps = UInt128.Min(Size, ((UInt128)taken * (UInt128)networks.Count) + 1);
            for (var step = UInt128.Zero; step < steps; step++)
            {
                var address = At((_next + step) % Size);
                if (IsReserved(address) || snapshot.IsUsed(Use.OfAddress(address)))
                {
                    continue;
                }

                if (!inUse.Contains(address))
                {
                    return Given(_next + step);
                }

                isBusyAtAll = true;
                secondBest ??= (ports ?? []).Intersect(inUse[address]).Any() ? null : _next + step;
            }

            if (secondBest is { } index)
            {
                return Given(index);
            }
        }

        if (isBusyAtAll)
        {
            throw ServiceException.Unavailable(
                $"Other programs listen on every address of the address pool that no load balancer has; enlarge {setting} or end them.");
        }

        throw ServiceException.Unavailable(
            $"All {Size} addresses of the address pool are in use; enlarge {setting} or delete load balancers.");
    }

    private bool IsReserved(IPAddress address) => reserved?.Contains(address) == true;

    /// <summary>Whether it is the network's own address, or that of IPv4's broadcasts.</summary>
    private static bool IsEdge(IPNetwork network, IPAddress address) => address.Equals(network.BaseAddress)
        || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            && address.Equals(Add(network.BaseAddress, Addresses(network) - 1)));

    private IPAddress Given(UInt128 index)
    {
        _next = (index + 1) % Size;
        return At(index % Size);
    }

    private IPAddress At(UInt128 index)
    {
        foreach (var network in networks)
        {
            var usable = UsableIn(network);
            if (index < usable)
            {
                return Add(network.BaseAddress, usable == Addresses(network) ? index : index + 1);
            }

            index -= usable;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private static UInt128 Sum(UInt128 first, UInt128 second) => second > UInt128.MaxValue - first ? UInt128.MaxValue : first + second;

    private static UInt128 UsableIn(IPNetwork network)
    {
        var all = Addresses(network);
        var reserved = network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 2u : 1u;
        return all > 2 ? all - reserved : all;
    }

    private static UInt128 Addresses(IPNetwork network)
    {
        var bits = (network.BaseAddress.GetAddressBytes().Length * 8) - network.PrefixLength;
        return bits == 128 ? UInt128.MaxValue : UInt128.One << bits;
    }

    private static IPAddress Add(IPAddress address, UInt128 offset)
    {
        var bytes = address.GetAddressBytes();
        for (var position = bytes.Length - 1; position >= 0; position--)
        {
            offset += bytes[position];
            bytes[position] = (byte)(offset & 0xFF);
            offset >>= 8;
        }

        return new(bytes);
    }
}

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CloudLb.Core.Targets;

/// <summary>Where CloudLb itself listens.</summary>
/// <param name="places">Addresses and ports at this moment; any-addresses stand for every address that the machine has.</param>
public sealed class OwnListeners(Func<IEnumerable<IPEndPoint>> places)
{
    public bool Has(IPAddress address, int port)
    {
        foreach (var place in places())
        {
            if (place.Port == port && (place.Address.Equals(address) || (IsAnyOf(place.Address, address) && IsOfThisMachine(address))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>IPv6's any-address is bound for IPv4 as well.</summary>
    private static bool IsAnyOf(IPAddress place, IPAddress address) =>
        place.Equals(IPAddress.IPv6Any) || (place.Equals(IPAddress.Any) && address.AddressFamily == AddressFamily.InterNetwork);

    private static bool IsOfThisMachine(IPAddress address) => IPAddress.IsLoopback(address)
        || NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(each => each.GetIPProperties().UnicastAddresses)
        .Any(unicast => unicast.Address.Equals(address));
}

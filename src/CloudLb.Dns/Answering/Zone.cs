using System.Net;

namespace CloudLb.Dns.Answering;

/// <summary>What is answered: one zone, and nothing outside it.</summary>
/// <param name="Name">How the load balancers' names end, in lower case.</param>
/// <param name="Servers">The addresses of the zone's name server, <c>ns.</c> and its name.</param>
/// <param name="InternalNetworks">Who is told the names of internal load balancers; none: everybody.</param>
/// <param name="AddressesOf">
/// What a name below the zone's resolves to, given in lower case; null when there is none of that name.
/// </param>
/// <param name="Serial">Grows with every change.</param>
internal sealed record Zone(
    string Name, IReadOnlyList<IPAddress> Servers, IReadOnlyList<IPNetwork> InternalNetworks,
    Func<string, IReadOnlyList<NamedAddress>?> AddressesOf, Func<uint> Serial);

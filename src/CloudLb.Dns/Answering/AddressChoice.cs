using System.Net;
using System.Net.Sockets;

namespace CloudLb.Dns.Answering;

/// <summary>Which of a name's addresses are told, and in what order.</summary>
internal static class AddressChoice
{
    /// <summary>
    /// Those that are healthy while there are any, and otherwise all, since a name that exists never resolves to nothing; each is the first
    /// one in its turn.
    /// </summary>
    /// <param name="addresses">All that the name has.</param>
    /// <param name="family">Of which kind.</param>
    /// <param name="turn">Counts the questions.</param>
    public static IReadOnlyList<IPAddress> Of(IReadOnlyList<NamedAddress> addresses, AddressFamily family, uint turn)
    {
        var all = addresses.Where(candidate => candidate.Address.AddressFamily == family).ToList();
        var healthy = all.FindAll(candidate => candidate.IsHealthy);

        // Of one family none may be healthy while another is: a client has both to choose from, and is best told of neither dead one.
        var told = healthy.Count > 0 || addresses.Any(candidate => candidate.IsHealthy) ? healthy : all;
        var first = told.Count == 0 ? 0 : (int)(turn % (uint)told.Count);
        return [.. told.Skip(first).Concat(told.Take(first)).Select(candidate => candidate.Address)];
    }
}

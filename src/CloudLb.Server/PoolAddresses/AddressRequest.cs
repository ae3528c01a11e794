using System.Net;

namespace CloudLb.Server.PoolAddresses;

/// <summary>What the holder of addresses can be asked: <c>list</c>, <c>add ADDRESS</c>, <c>remove ADDRESS</c>.</summary>
/// <param name="Verb">One of the three.</param>
/// <param name="Address">Null with <c>list</c>.</param>
internal sealed record AddressRequest(string Verb, IPAddress? Address)
{
    public const string List = "list", Add = "add", Remove = "remove";

    /// <summary>Of a line, and what follows it.</summary>
    public const int LongestLine = 64;

    public override string ToString() => Address is null ? Verb : $"{Verb} {Address}";

    /// <summary>Null for all else, and for an address that is in none of the pools or not spelled in the one way.</summary>
    public static AddressRequest? Parse(string line, IReadOnlyList<IPNetwork> pools) => line.Split(' ') switch
    {
        [List] => new(List, null),
        [Add or Remove, var text] when IPAddress.TryParse(text, out var address) && $"{address}" == text && !address.IsIPv4MappedToIPv6
            && pools.Any(pool => pool.Contains(address)) => new(line[..line.IndexOf(' ')], address),
        _ => null,
    };
}

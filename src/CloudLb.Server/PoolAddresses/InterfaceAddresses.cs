using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CloudLb.Server.PoolAddresses;

/// <summary>
/// The pools' addresses on an interface. What stands there for one address alone is CloudLb's; all else is the machine's own.
/// </summary>
internal sealed class InterfaceAddresses(string name, IReadOnlyList<IPNetwork> pools, TimeProvider clock)
{
    private static readonly string[] Places = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"];

    public IReadOnlyList<IPAddress> Held() =>
    [
        .. All().Where(place => place.Interface == name && IsSingle(place.Address)).Select(place => place.Address.Address)
            .Where(address => pools.Any(pool => pool.Contains(address))),
    ];

    /// <returns>Why not; null when it is there now.</returns>
    public async Task<string?> AddAsync(IPAddress address, CancellationToken cancellationToken)
    {
        foreach (var (place, found) in All().Where(place => place.Address.Address.Equals(address)))
        {
            return place == name && IsSingle(found)
                ? null
                : $"{address} is this machine's own already, on {place} (/{found.PrefixLength})";
        }

        if (await NeighbourProbe.WhoAnswersAsync(address, clock, cancellationToken) is { } other)
        {
            return $"{address} is answered for by another machine ({other})";
        }

        return await RunAsync("add", address, cancellationToken);
    }

    /// <returns>Why not; null when it is not there any more.</returns>
    public async Task<string?> RemoveAsync(IPAddress address, CancellationToken cancellationToken) =>
        Held().Contains(address) ? await RunAsync("delete", address, cancellationToken) : null;

    private static IEnumerable<(string Interface, UnicastIPAddressInformation Address)> All() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(each => each.GetIPProperties().UnicastAddresses.Select(address => (each.Name, address)));

    private static bool IsSingle(UnicastIPAddressInformation address) => address.PrefixLength == Bits(address.Address);

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private async Task<string?> RunAsync(string verb, IPAddress address, CancellationToken cancellationToken)
    {
        if (Array.Find(Places, File.Exists) is not { } program)
        {
            return "ip is not installed (apt install iproute2)";
        }

        using var process = Process.Start(new ProcessStartInfo(program, ["address", verb, $"{address}/{Bits(address)}", "dev", name])
        {
            RedirectStandardError = true,
        })!;
        var told = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? null : $"ip address {verb} {address}: {told.ReplaceLineEndings(" ").Trim()}";
    }
}

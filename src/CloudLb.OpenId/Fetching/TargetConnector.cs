using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;

namespace CloudLb.OpenId.Fetching;

/// <summary>
/// Connects on an account's behalf, to what may be its target and to nothing else. The name is resolved here, and the address that was
/// judged is the one that is connected to.
/// </summary>
public sealed class TargetConnector(TargetRules rules, IResourceStore store)
{
    /// <exception cref="FetchException">No address may be connected to, or none answers.</exception>
    internal async ValueTask<Stream> ConnectAsync(AccountId account, DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(endpoint.Host, cancellationToken);
        string? fault = null;
        foreach (var address in addresses)
        {
            // The system takes an address of nobody, as 0.0.0.0, for this machine's own.
            if (!InstanceId.IsUsable(address))
            {
                fault ??= $"{endpoint.Host} may not be asked: {address} is no address of a machine";
                continue;
            }

            if (rules.WhyNot(store.Current, account, [endpoint.Port], known: null, address) is { } refused)
            {
                fault ??= $"{endpoint.Host} may not be asked: {refused.Reason}";
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, endpoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                fault = $"{endpoint.Host} cannot be connected to at {address}: {exception.Message}";
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new FetchException(fault ?? $"{endpoint.Host} has no address");
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new FetchException($"{host} cannot be resolved: {exception.Message}", exception);
        }
    }
}

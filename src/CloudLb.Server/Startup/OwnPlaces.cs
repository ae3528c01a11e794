using System.Net;
using CloudLb.Core.Addresses;
using CloudLb.Server.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CloudLb.Server.Startup;

/// <summary>The addresses and ports that the API, monitoring and DNS listen on.</summary>
internal static class OwnPlaces
{
    /// <param name="settings">What the places are told by.</param>
    /// <param name="server">Knows the port where the settings leave the choice to the system.</param>
    /// <param name="held">Knows where load balancers are served together.</param>
    public static Func<IEnumerable<IPEndPoint>> Of(CloudLbSettings settings, IServer server, IHeldPlaces held)
    {
        var url = settings.Metrics is { Enabled: true, Url: { Length: > 0 } metrics } ? new Uri(metrics) : null;
        IPEndPoint[] given = [.. At(settings.Url), .. url is null ? [] : At(url), .. settings.DnsPlaces.All];
        return given.All(place => place.Port != 0)
            ? () => given.Concat(held.Held)
            : () => given.Concat(Bound(server)).Concat(held.Held);
    }

    private static IPEndPoint[] At(Uri url) => url.Host == "localhost"
        ? [new(IPAddress.Loopback, url.Port), new(IPAddress.IPv6Loopback, url.Port)]
        : [new(IPAddress.Parse(url.Host), url.Port)];

    /// <summary>None before the server listens; a load balancer that is planned before is judged again at every change.</summary>
    private static IEnumerable<IPEndPoint> Bound(IServer server) =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(text => new Uri(text))
            .Where(url => IPAddress.TryParse(url.Host, out _))
            .SelectMany(At);
}

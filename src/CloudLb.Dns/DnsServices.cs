using System.Net;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Dns.Answering;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Dns;

/// <summary>Joins the responder to the composition root.</summary>
public static class DnsServices
{
    /// <param name="services">Where it is added; a store must be there.</param>
    /// <param name="options">The settings.</param>
    /// <param name="places">Where it listens.</param>
    /// <param name="suffix">How the load balancers' names end.</param>
    /// <param name="shared">Where all of them are reached; null: each at its own address.</param>
    public static IServiceCollection AddDns(
        this IServiceCollection services, DnsOptions options, DnsPlaces places, string suffix, IPAddress? shared)
    {
        if (places.All.Count == 0)
        {
            return services;
        }

        // The machine that a name server of loopback addresses is for is this one.
        var outside = places.All.Select(place => place.Address).Where(address => !IPAddress.IsLoopback(address)).Distinct().ToList();
        var networks = options.InternalNetworks.Select(IPNetwork.Parse).ToList();
        return services
            .AddSingleton(options)
            .AddSingleton(places)
            .AddSingleton(provider =>
            {
                var store = provider.GetRequiredService<IResourceStore>();
                return new Zone(
                    suffix.ToLowerInvariant(),
                    outside.Count > 0 ? outside : [.. places.All.Select(place => place.Address).Distinct()],
                    networks.Count > 0 ? [.. networks, IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] : [],
                    name => AddressesOf(store.Current, name, shared),
                    () => (uint)(store.Current.Revision % uint.MaxValue) + 1);
            })
            .AddSingleton<DnsMetrics>()
            .AddSingleton<IInstruments>(provider => provider.GetRequiredService<DnsMetrics>())
            .AddHostedService<DnsServer>();
    }

    private static List<NamedAddress>? AddressesOf(Snapshot snapshot, string name, IPAddress? shared)
    {
        var users = snapshot.UsersOf(Use.OfHostName(name));
        return users.Count == 0
            ? null
            : [.. users.SelectMany(user => AddressesOf(snapshot, user, shared)).Distinct().Select(address => new NamedAddress(address))];
    }

    private static IEnumerable<IPAddress> AddressesOf(Snapshot snapshot, ResourceUser user, IPAddress? shared) => shared is not null
        ? [shared]
        : snapshot.UsesOf(user).Where(use => use.What == Used.Address).Select(use => (IPAddress)use.Id);
}

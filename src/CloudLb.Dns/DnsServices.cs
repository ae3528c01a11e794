using System.Net;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Dns.Answering;
using CloudLb.Dns.Publishing;
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
                var addresses = Addresses(provider, suffix, shared);
                return new Zone(
                    suffix.ToLowerInvariant(),
                    outside.Count > 0 ? outside : [.. places.All.Select(place => place.Address).Distinct()],
                    networks.Count > 0 ? [.. networks, IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] : [],
                    name => addresses.Of(store.Current, name),
                    () => (uint)(store.Current.Revision % uint.MaxValue) + 1);
            })
            .AddSingleton<DnsMetrics>()
            .AddSingleton<IInstruments>(provider => provider.GetRequiredService<DnsMetrics>())
            .AddHostedService<DnsServer>();
    }

    /// <param name="services">Where it is added; a store must be there.</param>
    /// <param name="options">The settings.</param>
    /// <param name="suffix">How the load balancers' names end.</param>
    /// <param name="shared">Where all of them are reached; null: each at its own address.</param>
    /// <param name="dataDirectory">Where the names are kept that may be published.</param>
    public static IServiceCollection AddNamePublishing(
        this IServiceCollection services, DnsPublishingOptions options, string suffix, IPAddress? shared, string dataDirectory)
    {
        if (options.Place is not { } place)
        {
            return services;
        }

        var zone = options.Zone is { Length: > 0 } named ? named : suffix.ToLowerInvariant();
        return services
            .AddSingleton(new NameServer(place, zone, options.KeyFile!, options.Program))
            .AddSingleton(new PublishedNames(Path.Combine(dataDirectory, "published-names")))
            .AddSingleton<UpdateProgram>()
            .AddSingleton<PublishingMetrics>()
            .AddSingleton<IInstruments>(provider => provider.GetRequiredService<PublishingMetrics>())
            .AddSingleton<Func<Snapshot, IReadOnlyList<RecordSet>>>(provider =>
            {
                var addresses = Addresses(provider, suffix, shared);
                return snapshot => RecordSets.Of(addresses, snapshot);
            })
            .AddHostedService<NamePublisher>();
    }

    private static NameAddresses Addresses(IServiceProvider provider, string suffix, IPAddress? shared) =>
        new(suffix.ToLowerInvariant(), shared, provider.GetRequiredService<AddressHealth>().IsGood);
}

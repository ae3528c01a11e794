using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.KeySets;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Core.SignIns;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;
using CloudLb.ElbV2.Mapping;
using CloudLb.ElbV2.Metrics;
using CloudLb.ElbV2.Planning;
using CloudLb.ElbV2.Status;
using CloudLb.ElbV2.TrustLinks;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.ElbV2;

/// <summary>Joins the API of application and network load balancers, version 2015-12-01, to the composition root.</summary>
public static class ElasticLoadBalancingV2
{
    /// <param name="services">Where it is added.</param>
    /// <param name="dnsNames">What load balancers are called.</param>
    /// <param name="quotas">How much there may be.</param>
    /// <param name="endpoint">Where the API is reached, asked when it is.</param>
    public static IServiceCollection AddElasticLoadBalancingV2(
        this IServiceCollection services, DnsNames dnsNames, Quotas quotas, Func<string> endpoint) => services
        .AddSingleton(dnsNames)
        .AddSingleton(quotas)
        .AddResourceKind(LoadBalancerCollection.Kind)
        .AddResourceKind(TargetGroupCollection.Kind)
        .AddResourceKind(ListenerCollection.Kind)
        .AddResourceKind(TrustStoreCollection.Kind)
        .AddResourceKind(RevocationCollection.Kind)
        .AddSingleton<StoredFiles>()
        .AddSingleton(provider => new TrustStoreLinks(
            endpoint, provider.GetRequiredService<IResourceStore>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<TrustContents>()
        .AddSingleton<IClientTrustSource>(provider => provider.GetRequiredService<TrustContents>())
        .AddSingleton<FixedAddressMapping>()
        .AddSingleton<TargetChecks>()
        .AddSingleton<TargetLimits>()
        .AddSingleton<TargetHealthReader>()
        .AddSingleton<TargetAnomalies>()
        .AddHostedService<AnomalyWatch>()
        .AddHostedService<TerminatedTargets>()
        .AddSingleton<IToldLoadBalancers, V2LoadBalancers>()
        .AddSingleton<IAddressedLoadBalancers, V2Addresses>()
        .AddSingleton<IReachedLoadBalancers, V2Reach>()
        .AddSingleton<IToldRoutes, V2Routes>()
        .AddSingleton<ILoggedLoadBalancers, V2LoggedLoadBalancers>()
        .AddSingleton<ILoggedChecks, V2LoggedChecks>()
        .AddSingleton<V2Samples>()
        .AddSingleton<IInstruments, V2Instruments>()
        .AddSingleton<ILeasedRegistrations, MemberTargets>()
        .AddSingleton<IPlanSource, LoadBalancerPlanSource>()
        .AddSingleton<IKeySetUsers, KeySetUses>()
        .AddSingleton<ClientSecrets>()
        .AddSingleton<SessionKeys>()
        .AddSingleton<ISignIns, SignIns>()
        .AddApiService(ElasticLoadBalancingV2Contract.Service, service => service
            .AddOperationsOf(typeof(ElasticLoadBalancingV2).Assembly)
            .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code, fault.HttpStatus, fault.Message) : null));
}

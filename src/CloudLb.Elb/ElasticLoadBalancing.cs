using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Addresses;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Told;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Elb.Metrics;
using CloudLb.Elb.Status;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Elb;

/// <summary>Joins the Classic API, version 2012-06-01, to the composition root.</summary>
public static class ElasticLoadBalancing
{
    /// <summary>
    /// What clients ask for that were written before 2012-06-01, Eucalyptus's and boto's first ones among them. Each has a part of the
    /// last.
    /// </summary>
    private static readonly string[] EarlierVersions = ["2010-07-01", "2011-04-05", "2011-11-15"];

    /// <param name="services">Where it is added.</param>
    /// <param name="dnsNames">Names new load balancers.</param>
    public static IServiceCollection AddElasticLoadBalancing(this IServiceCollection services, DnsNames dnsNames) => services
        .AddSingleton(dnsNames)
        .AddResourceKind(LoadBalancerCollection.Kind)
        .AddSingleton<InstanceRules>()
        .AddSingleton<InstanceZones>()
        .AddSingleton<HealthReader>()
        .AddSingleton<IToldLoadBalancers, ClassicLoadBalancers>()
        .AddSingleton<IAddressedLoadBalancers, ClassicAddresses>()
        .AddSingleton<IReachedLoadBalancers, ClassicReach>()
        .AddSingleton<ILoggedLoadBalancers, ClassicLoggedLoadBalancers>()
        .AddSingleton<ILeasedRegistrations, MemberRegistrations>()
        .AddSingleton<IInstruments, LoadBalancerInstruments>()
        .AddApiService(ElasticLoadBalancingContract.Service with { EarlierVersions = EarlierVersions }, service => service
            .AddOperationsOf(typeof(ElasticLoadBalancing).Assembly)
            .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code, fault.HttpStatus, fault.Message) : null));
}

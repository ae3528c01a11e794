using CloudLb.AwsQuery;
using CloudLb.Ec2.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Ec2;

/// <summary>Joins the sliver of EC2, version 2016-11-15, to the composition root.</summary>
public static class ElasticComputeCloud
{
    public static IServiceCollection AddElasticComputeCloud(this IServiceCollection services) => services
        .AddSingleton<AccountNetworks>()
        .AddQueryService(Ec2Contract.Service, service => service.AddOperationsOf(typeof(ElasticComputeCloud).Assembly));
}

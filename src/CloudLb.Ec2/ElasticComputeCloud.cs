using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Endpoint;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Ec2;

/// <summary>Joins the sliver of EC2, version 2016-11-15, and the client of a real EC2 endpoint to the composition root.</summary>
public static class ElasticComputeCloud
{
    /// <param name="isLeftToUpstream">
    /// Whether calls are passed on to the endpoint that the inventory comes from, which then knows more than the inventory.
    /// </param>
    public static IServiceCollection AddElasticComputeCloud(this IServiceCollection services, bool isLeftToUpstream = false) => services
        .AddSingleton<AccountNetworks>()
        .AddApiService(Ec2Contract.Service, service =>
        {
            service.AddOperationsOf(typeof(ElasticComputeCloud).Assembly)
                .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code, fault.HttpStatus, fault.Message) : null);
            if (isLeftToUpstream)
            {
                service.LeavesToUpstream();
            }
        });

    /// <summary>Has the inventory ask an EC2 endpoint for what it does not know.</summary>
    public static IServiceCollection AddInventoryEndpoint(this IServiceCollection services, Ec2EndpointOptions options) => services
        .AddSingleton<IInventoryEndpoint>(provider => new Ec2Endpoint(options, provider.GetRequiredService<TimeProvider>()));
}

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
    /// <summary>
    /// What clients ask for that were written before 2016-11-15: the versions that botocore and AWS's first SDK for Ruby have, and
    /// euca2ools 3. What is asked and answered here is the same in all of them, but for what has come since.
    /// </summary>
    private static readonly string[] EarlierVersions =
    [
        "2013-08-15", "2013-10-01", "2013-10-15", "2014-02-01", "2014-05-01", "2014-06-15", "2014-09-01", "2014-10-01", "2015-03-01",
        "2015-04-15", "2015-10-01", "2016-04-01", "2016-09-15",
    ];

    /// <param name="isLeftToUpstream">
    /// Whether calls are passed on to the endpoint that the inventory comes from, which then knows more than the inventory.
    /// </param>
    public static IServiceCollection AddElasticComputeCloud(this IServiceCollection services, bool isLeftToUpstream = false) => services
        .AddSingleton<AccountNetworks>()
        .AddApiService(Ec2Contract.Service with { EarlierVersions = EarlierVersions }, service =>
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

using CloudLb.AwsQuery.Dispatch;
using CloudLb.AwsQuery.SigV4;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.AwsQuery;

/// <summary>Puts the protocol, and the services that speak it, into the container.</summary>
public static class AwsQueryServiceCollectionExtensions
{
    /// <summary>The protocol itself. An <see cref="ICredentialSource"/> has to be registered beside it.</summary>
    public static IServiceCollection AddAwsQuery(this IServiceCollection services, Action<SigV4Options>? configure = null)
    {
        services.AddAuthentication().AddScheme<SigV4Options, SigV4Handler>(SigV4Defaults.Scheme, configure);
        services.TryAddSingleton<QueryServices>();
        services.TryAddSingleton<QueryDispatcher>();
        services.TryAddSingleton<SigV4Verifier>();
        services.TryAddSingleton<SigningKeyCache>();
        return services;
    }

    /// <summary>One service, found by its contract's Version.</summary>
    public static IServiceCollection AddQueryService(this IServiceCollection services, ServiceContract contract, Action<QueryServiceBuilder> configure)
    {
        var builder = new QueryServiceBuilder(contract);
        configure(builder);
        foreach (var operation in builder.Operations)
        {
            services.TryAddSingleton(operation);
        }

        return services.AddSingleton(new QueryServiceRegistration(contract, builder));
    }
}

using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Foreign;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.SigV2;
using CloudLb.AwsApi.SigV4;
using CloudLb.AwsApi.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.AwsApi;

/// <summary>Puts the protocol, and the services that speak it, into the container.</summary>
public static class AwsApiServiceCollectionExtensions
{
    /// <summary>The protocol itself. An <see cref="ICredentialSource"/> has to be registered beside it.</summary>
    public static IServiceCollection AddAwsApi(this IServiceCollection services, Action<SigV4Options>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SigV4Options>().Configure(configure ?? (_ => { }));
        services.AddMetrics();
        services.TryAddSingleton<CallMetrics>();
        services.TryAddSingleton<ApiServices>();
        services.TryAddSingleton<ApiDispatcher>();
        services.TryAddSingleton<ForeignCalls>();
        services.TryAddSingleton<ForeignVerifier>();
        services.TryAddSingleton<ForeignBodies>();
        services.TryAddSingleton<SignatureCheck>();
        services.TryAddSingleton<SigV4Verifier>();
        services.TryAddSingleton<SigV2Verifier>();
        services.TryAddSingleton<RequestAuthenticator>();
        services.TryAddSingleton<ReceivingOptions>();
        services.TryAddSingleton(
            provider => new BodyRoom(provider.GetRequiredService<ReceivingOptions>().MaxUnverifiedBodies * 1024L * 1024L));
        services.TryAddSingleton<RequestReceiver>();
        services.TryAddSingleton<RefusedCalls>();
        services.TryAddSingleton<CallRecorder>();
        services.TryAddSingleton<SigningKeyCache>();
        return services;
    }

    /// <summary>A bound on how often each account may ask; none where the options say so.</summary>
    public static IServiceCollection AddAccountThrottling(this IServiceCollection services, ThrottlingOptions options) =>
        options.RequestsPerSecond == 0
        ? services
        : services.AddSingleton(provider => new AccountThrottle(options, provider.GetRequiredService<TimeProvider>()));

    /// <summary>A line for each call in CloudTrail's form, in files of that directory; none where the options say so.</summary>
    public static IServiceCollection AddCallAudit(this IServiceCollection services, AuditOptions options, string directory) =>
        !options.Enabled
        ? services
        : services
            .AddSingleton<AuditLog>()
            .AddSingleton(new AuditFiles(directory, options))
            .AddHostedService<AuditWriter>();

    /// <summary>One service, found by its contract's Version.</summary>
    public static IServiceCollection AddApiService(
        this IServiceCollection services, ServiceContract contract, Action<ApiServiceBuilder> configure)
    {
        var builder = new ApiServiceBuilder(contract);
        configure(builder);
        foreach (var operation in builder.Operations)
        {
            services.TryAddSingleton(operation);
        }

        return services.AddSingleton(new ApiServiceRegistration(contract, builder));
    }
}

using CloudLb.AccessLogs.Delivery;
using CloudLb.AccessLogs.Spooling;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Buckets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs;

/// <summary>Puts access logs into a server.</summary>
public static class AccessLogServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IAccessLogBuckets"/>, <see cref="IBucketObjects"/> and the services behind it. An <see cref="IAccessLogSource"/> and
    /// a store of load balancers must be there.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="options">The settings.</param>
    /// <param name="dataDirectory">The server's data directory; the spool keeps to <c>access-log-spool</c> below it.</param>
    public static IServiceCollection AddAccessLogs(this IServiceCollection services, AccessLogOptions options, string dataDirectory)
    {
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(Options.Create(options.S3));
        if (options.Store == AccessLogStoreKind.S3)
        {
            services.AddSingleton<S3Store>();
            services.AddSingleton<IBucketStore>(provider => provider.GetRequiredService<S3Store>());
            services.AddSingleton<IBucketReader>(provider => provider.GetRequiredService<S3Store>());
        }
        else
        {
            var directory = new DirectoryStore(Path.GetFullPath(options.Directory ?? Path.Combine(dataDirectory, "access-logs")));
            services.AddSingleton<IBucketStore>(directory);
            services.AddSingleton<IBucketReader>(directory);
        }

        services.AddSingleton<BucketOwners>();
        services.AddSingleton<IAccessLogBuckets, Buckets>();
        services.AddSingleton<IBucketObjects, BucketObjects>();
        services.AddSingleton<LoggedLoadBalancers>();
        services.AddSingleton<WaitingLines>();
        services.AddSingleton<CheckReader>();
        services.AddSingleton(provider => new Spooler(
            provider.GetRequiredService<IAccessLogSource>(),
            provider.GetRequiredService<LoggedLoadBalancers>(),
            provider.GetRequiredService<WaitingLines>(),
            provider.GetRequiredService<IOptions<AccessLogOptions>>(),
            Path.Combine(dataDirectory, "access-log-spool"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Spooler>>()));
        services.AddSingleton<Deliverer>();
        services.AddHostedService(provider => provider.GetRequiredService<Spooler>());
        services.AddHostedService(provider => provider.GetRequiredService<CheckReader>());
        services.AddHostedService(provider => provider.GetRequiredService<Deliverer>());
        return services;
    }
}

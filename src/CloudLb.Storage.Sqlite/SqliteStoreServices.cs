using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.Storage.Sqlite;

/// <summary>Joins the store to the composition root.</summary>
public static class SqliteStoreServices
{
    /// <summary>
    /// Registers <see cref="ILoadBalancerStore"/>, <see cref="ICertificateStore"/> and <see cref="IAccessKeyStore"/>, and <see cref="ChangeSignal"/> and
    /// <see cref="IAccessKeySource"/> unless there is one. <see cref="GivenAccessKeys"/> say which users there are; without, there are none. The database is opened when the store is first
    /// asked for: do so at start, and show the message of a <see cref="DatabaseRefusedException"/>. The store ends with its container, after a drain.
    /// </summary>
    /// <param name="services">Where the store joins.</param>
    /// <param name="dataDirectory">The directory that the database is in.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string dataDirectory)
    {
        services.TryAddSingleton<ChangeSignal>();
        services.AddSingleton<SqliteLoadBalancerStore>();
        services.AddSingleton<ILoadBalancerStore>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddSingleton<IStoreCheck>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddSingleton<IStoreTrust>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddSingleton<IStoreReset>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton<ICertificateStore>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddSingleton<IAccessKeyStore>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.TryAddSingleton<IAccessKeySource>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddSingleton<ICertificateSource>(provider => provider.GetRequiredService<SqliteLoadBalancerStore>());
        services.AddOptions<SqliteStoreOptions>()
            .BindConfiguration(SqliteStoreOptions.Section)
            .Configure(options => options.DataDirectory = dataDirectory)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}

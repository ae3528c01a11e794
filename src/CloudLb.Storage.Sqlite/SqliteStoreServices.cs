using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Reconciliation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudLb.Storage.Sqlite;

/// <summary>Joins the store to the composition root.</summary>
public static class SqliteStoreServices
{
    /// <summary>
    /// Registers <see cref="ILoadBalancerStore"/>, and <see cref="ChangeSignal"/> unless there is one. The database is opened when the store is first
    /// asked for: do so at start, and show the message of a <see cref="DatabaseRefusedException"/>. The store ends with its container, after a drain.
    /// </summary>
    /// <returns>Where the data directory is set.</returns>
    public static OptionsBuilder<SqliteStoreOptions> AddSqliteStore(this IServiceCollection services)
    {
        services.TryAddSingleton<ChangeSignal>();
        services.AddSingleton<ILoadBalancerStore, SqliteLoadBalancerStore>();
        return services.AddOptions<SqliteStoreOptions>().BindConfiguration(SqliteStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
    }
}

using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.Storage.Sqlite;

/// <summary>Joins the store to the composition root.</summary>
public static class SqliteStoreServices
{
    /// <summary>
    /// Registers <see cref="IResourceStore"/> with what belongs to it, <see cref="ITextSealer"/>, and <see cref="ChangeSignal"/> unless
    /// there is one. It keeps the kinds that the rooms register. The database is opened when the store is first asked for: do so at start,
    /// and show the message of a <see cref="DatabaseRefusedException"/>. The store ends with its container, after a drain.
    /// </summary>
    /// <param name="services">Where the store joins.</param>
    /// <param name="dataDirectory">The directory that the database is in.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string dataDirectory)
    {
        services.TryAddSingleton<ChangeSignal>();
        services.TryAddSingleton<ResourceKinds>();
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<IResourceStore>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<ITextSealer>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IStoreCheck>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IStoreTrust>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IStoreReset>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddHostedService<DatabaseWatch>();
        services.AddOptions<SqliteStoreOptions>()
            .BindConfiguration(SqliteStoreOptions.Section)
            .Configure(options => options.DataDirectory = dataDirectory)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}

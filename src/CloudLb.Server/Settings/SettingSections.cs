using CloudLb.AccessLogs;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Throttling;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Dns;
using CloudLb.HAProxy;
using CloudLb.Nginx;
using CloudLb.OpenId;
using CloudLb.Operator.Metrics;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>Every section there is, in the order in which they are shown. A new one is one line here.</summary>
internal static class SettingSections
{
    public static readonly IReadOnlyList<SettingSection> All =
    [
        SettingSection.Of<ServerOptions>(ServerOptions.Section),
        SettingSection.Of<HAProxyOptions>(HAProxyOptions.Section),
        SettingSection.Of<NginxOptions>(NginxOptions.Section),
        SettingSection.Of<InventoryOptions>(InventoryOptions.Section),
        SettingSection.Of<ReconcilerOptions>(ReconcilerOptions.Section),
        SettingSection.Of<SqliteStoreOptions>(SqliteStoreOptions.Section),
        SettingSection.Of<AuditOptions>(AuditOptions.Section),
        SettingSection.Of<ThrottlingOptions>(ThrottlingOptions.Section),
        SettingSection.Of<AccessLogOptions>(AccessLogOptions.Section),
        SettingSection.Of<OpenIdOptions>(OpenIdOptions.Section),
        SettingSection.Of<MetricsOptions>(MetricsOptions.Section),
        SettingSection.Of<PassthroughOptions>(PassthroughOptions.Section),
        SettingSection.Of<TargetOptions>(TargetOptions.Section),
        SettingSection.Of<ReceivingOptions>(ReceivingOptions.Section),
        SettingSection.Of<ConnectionOptions>(ConnectionOptions.Section),
        SettingSection.Of<MemberOptions>(MemberOptions.Section),
        SettingSection.Of<DnsOptions>(DnsOptions.Section),
        SettingSection.Of<DnsPublishingOptions>(DnsPublishingOptions.Section),
        SettingSection.Of<SharedAddressOptions>(SharedAddressOptions.Section),
        SettingSection.Of<PoolAddressOptions>(PoolAddressOptions.Section),
    ];

    /// <summary>The options of all sections, bound to that configuration; nothing is checked yet.</summary>
    public static IServiceProvider Bind(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        foreach (var section in All)
        {
            section.AddTo(services);
        }

        services.AddSingleton<IPostConfigureOptions<ServerOptions>, ServerDefaults>();
        services.AddSingleton<EphemeralRules>();
        services.AddSingleton<IPostConfigureOptions<ServerOptions>>(provider => provider.GetRequiredService<EphemeralRules>());
        services.AddSingleton<IPostConfigureOptions<AuditOptions>>(provider => provider.GetRequiredService<EphemeralRules>());
        services.AddSingleton<IValidateOptions<ServerOptions>>(provider => provider.GetRequiredService<EphemeralRules>());
        return services.BuildServiceProvider();
    }

    /// <summary>One sentence for each fault of all options together.</summary>
    public static IEnumerable<string> Faults(IServiceProvider options)
    {
        try
        {
            options.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (AggregateException exception)
        {
            return exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(each => each.Failures);
        }
    }
}

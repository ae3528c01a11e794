using System.ComponentModel.DataAnnotations;
using System.Net;
using CloudLb.AccessLogs;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Throttling;
using CloudLb.Core.Inventory;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy;
using CloudLb.Operator.Metrics;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Server.Ephemeral;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server.Settings;

/// <summary>All settings, read from <see cref="SettingSources"/> and checked together.</summary>
public sealed class CloudLbSettings
{
    private CloudLbSettings(IConfiguration configuration)
    {
        Configuration = configuration;
        Server = Bind<ServerOptions>(configuration, ServerOptions.Section);
        Inventory = Bind<InventoryOptions>(configuration, InventoryOptions.Section);
        Reconciler = Bind<ReconcilerOptions>(configuration, ReconcilerOptions.Section);
        HAProxy = Bind<HAProxyOptions>(configuration, HAProxyOptions.Section);
        Storage = Bind<SqliteStoreOptions>(configuration, SqliteStoreOptions.Section);
        Audit = Bind<AuditOptions>(configuration, AuditOptions.Section);
        Throttling = Bind<ThrottlingOptions>(configuration, ThrottlingOptions.Section);
        AccessLogs = Bind<AccessLogOptions>(configuration, AccessLogOptions.Section);
        AccessLogS3 = Bind<AccessLogS3Options>(configuration, AccessLogS3Options.Section);
        Metrics = Bind<MetricsOptions>(configuration, MetricsOptions.Section);
        Passthrough = Bind<PassthroughOptions>(configuration, PassthroughOptions.Section);
        Targets = Bind<TargetOptions>(configuration, TargetOptions.Section);
        Requests = Bind<ReceivingOptions>(configuration, ReceivingOptions.Section);
        Connections = Bind<ConnectionOptions>(configuration, ConnectionOptions.Section);
        Server.Regions.RemoveAll(string.IsNullOrEmpty);
        Server.AddressPool.RemoveAll(string.IsNullOrEmpty);
        Server.ServicePaths.RemoveAll(string.IsNullOrEmpty);
        HAProxy.HeaderNames.RemoveAll(string.IsNullOrEmpty);
        Targets.Allowed.RemoveAll(string.IsNullOrEmpty);
        Targets.Forbidden.RemoveAll(string.IsNullOrEmpty);
        foreach (var list in Server.Zones.Values.Concat(AccessLogs.BucketAccounts.Values)
            .Concat(Server.AccessKeys.SelectMany(key => new[] { key.LoadBalancers, key.Instances })))
        {
            list.RemoveAll(string.IsNullOrEmpty);
        }

        EphemeralRules.Complete(this);
        if (Server.AddressPool.Count == 0)
        {
            Server.AddressPool.Add("127.0.64.0/18");
        }

        if (Server.ServicePaths.Count == 0)
        {
            // Where Eucalyptus, whose clients know no other form, has Elastic Load Balancing, IAM, STS and EC2.
            Server.ServicePaths.AddRange(["/services/LoadBalancing", "/services/Euare", "/services/Tokens", "/services/compute"]);
        }
    }

    public IConfiguration Configuration { get; }

    /// <summary>Whether a setting stands anywhere, and not only its default.</summary>
    /// <param name="name">Below <c>CloudLb:</c>.</param>
    public bool IsGiven(string name) => Configuration.GetSection($"{ServerOptions.Section}:{name}") is { } section && (!string.IsNullOrEmpty(section.Value) || section.GetChildren().Any());

    /// <summary>The names of the secrets that stand on the command line.</summary>
    public IReadOnlyList<string> SecretsOnCommandLine { get; private init; } = [];

    public ServerOptions Server { get; }

    public InventoryOptions Inventory { get; }

    public ReconcilerOptions Reconciler { get; }

    public HAProxyOptions HAProxy { get; }

    public SqliteStoreOptions Storage { get; }

    public AuditOptions Audit { get; }

    public ThrottlingOptions Throttling { get; }

    public AccessLogOptions AccessLogs { get; }

    public AccessLogS3Options AccessLogS3 { get; }

    public MetricsOptions Metrics { get; }

    public PassthroughOptions Passthrough { get; }

    /// <summary>Whether the endpoint that the inventory asks is the one that calls are passed on to, so that EC2 is best answered there.</summary>
    public bool IsEc2PassedOn => Uri.TryCreate(Passthrough.Url, UriKind.Absolute, out var passthrough)
        && Uri.TryCreate(Inventory.Ec2Endpoint, UriKind.Absolute, out var ec2)
        && Uri.Compare(passthrough, ec2, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public TargetOptions Targets { get; }

    public ReceivingOptions Requests { get; }

    public ConnectionOptions Connections { get; }

    /// <summary>Absolute.</summary>
    public string DataDirectory => Path.GetFullPath(Server.DataDirectory);

    /// <summary>Absolute.</summary>
    public string InventoryFile => Path.GetFullPath(Inventory.File ?? Path.Combine(DataDirectory, "inventory.json"));

    public Uri Url => new(Server.Url);

    /// <summary>The regions that are named.</summary>
    public IEnumerable<string> Regions => Server.Regions.Where(region => region != ServerOptions.AnyRegion);

    /// <summary>Whether any other region stands for <see cref="DefaultRegion"/>.</summary>
    public bool HasAnyRegion => Server.Regions.Contains(ServerOptions.AnyRegion);

    /// <summary>The region of callers that name none, or one that is made up.</summary>
    public string DefaultRegion => Regions.FirstOrDefault() ?? "us-east-1";

    public IReadOnlyList<IPNetwork> AddressPool => [.. Server.AddressPool.Select(IPNetwork.Parse)];

    /// <summary>Where instances may be.</summary>
    public TargetNetworks TargetNetworks => new(Targets.Allowed.Select(IPNetwork.Parse), Targets.Forbidden.Select(IPNetwork.Parse), HasSeveralAccounts);

    /// <summary>Whether there are access keys of more than one account.</summary>
    public bool HasSeveralAccounts => Server.AccessKeys.Any(key => key.AccountId != Server.AccountId);

    /// <summary>Reads and checks the settings; throws <see cref="SettingsException"/> with every fault.</summary>
    /// <param name="arguments">Settings given on the command line: <c>--Name value</c> or <c>--Name=value</c>.</param>
    public static CloudLbSettings Read(IReadOnlyList<string> arguments)
    {
        try
        {
            var builder = SettingSources.Of(arguments);
            return Check(builder.AddInMemoryCollection(SettingLists.Expand(builder.Build())).Build(), CommandLineSettings.SecretsIn(arguments));
        }
        catch (InvalidDataException exception)
        {
            throw new SettingsException([exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message]);
        }
    }

    private static CloudLbSettings Check(IConfiguration configuration, IReadOnlyList<string> secrets)
    {
        var unreadable = SettingTexts.Unreadable(configuration).ToList();
        var faults = SettingNames.Unknown(configuration).Concat(unreadable.Select(setting => setting.Fault)).ToList();

        // What could not be read is left at its default, so that the rest can be held against the rules as well.
        foreach (var (name, _, defaultText) in unreadable)
        {
            configuration[name] = defaultText;
        }

        var settings = new CloudLbSettings(configuration) { SecretsOnCommandLine = secrets };
        faults.AddRange(SettingRules.Faults(settings.Server));
        faults.AddRange(EphemeralRules.Faults(settings));
        faults.AddRange(TargetSettingRules.Faults(settings.Targets));
        faults.AddRange(Annotated(settings.Metrics, MetricsOptions.Section));
        faults.AddRange(MetricsRules.Faults(settings.Metrics, settings.Server));
        faults.AddRange(Annotated(settings.Inventory, InventoryOptions.Section));
        faults.AddRange(InventoryRules.Faults(settings.Inventory, configuration));
        faults.AddRange(Annotated(settings.Reconciler, ReconcilerOptions.Section));
        faults.AddRange(Annotated(settings.HAProxy, HAProxyOptions.Section));
        faults.AddRange(Annotated(settings.Storage, SqliteStoreOptions.Section));
        faults.AddRange(Annotated(settings.Audit, AuditOptions.Section));
        faults.AddRange(Annotated(settings.Throttling, ThrottlingOptions.Section));
        faults.AddRange(Annotated(settings.Requests, ReceivingOptions.Section));
        faults.AddRange(Annotated(settings.Connections, ConnectionOptions.Section));
        faults.AddRange(Annotated(settings.AccessLogs, AccessLogOptions.Section));
        faults.AddRange(AccessLogRules.Faults(settings.AccessLogs, settings.AccessLogS3, configuration.GetSection(AccessLogS3Options.Section).GetChildren().Any()));
        faults.AddRange(Annotated(settings.Passthrough, PassthroughOptions.Section));
        faults.AddRange(PassthroughRules.Faults(settings.Passthrough, configuration));
        if (settings.Throttling is { RequestsPerSecond: 0, Burst: > 0 })
        {
            faults.Add($"{ThrottlingOptions.Section}:Burst has no effect, as RequestsPerSecond is 0; give that too, or remove it.");
        }

        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private static T Bind<T>(IConfiguration configuration, string section)
        where T : new()
    {
        var options = new T();
        configuration.GetSection(section).Bind(options);
        return options;
    }

    private static IEnumerable<string> Annotated(object options, string section)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
        return results.Select(result => $"{section}: {result.ErrorMessage}");
    }
}

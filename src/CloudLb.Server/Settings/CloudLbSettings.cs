using System.Net;
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
using CloudLb.OpenId;
using CloudLb.Operator.Metrics;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>All settings, read from <see cref="SettingSources"/> and checked together.</summary>
public sealed class CloudLbSettings
{
    private readonly IServiceProvider _options;

    private CloudLbSettings(IConfiguration configuration, IServiceProvider options) => (Configuration, _options) = (configuration, options);

    public IConfiguration Configuration { get; }

    /// <summary>Whether a setting stands anywhere, and not only its default.</summary>
    /// <param name="name">Below <c>CloudLb:</c>.</param>
    public bool IsGiven(string name) => Configuration.IsGiven($"{ServerOptions.Section}:{name}");

    /// <summary>The names of the secrets that stand on the command line.</summary>
    public IReadOnlyList<string> SecretsOnCommandLine { get; private init; } = [];

    public ServerOptions Server => Of<ServerOptions>();

    public InventoryOptions Inventory => Of<InventoryOptions>();

    public ReconcilerOptions Reconciler => Of<ReconcilerOptions>();

    public HAProxyOptions HAProxy => Of<HAProxyOptions>();

    public SqliteStoreOptions Storage => Of<SqliteStoreOptions>();

    public AuditOptions Audit => Of<AuditOptions>();

    public ThrottlingOptions Throttling => Of<ThrottlingOptions>();

    public AccessLogOptions AccessLogs => Of<AccessLogOptions>();

    public OpenIdOptions OpenId => Of<OpenIdOptions>();

    public MetricsOptions Metrics => Of<MetricsOptions>();

    public PassthroughOptions Passthrough => Of<PassthroughOptions>();

    /// <summary>
    /// Whether the endpoint that the inventory asks is the one that calls are passed on to, so that EC2 is best answered there.
    /// </summary>
    public bool IsEc2PassedOn => Uri.TryCreate(Passthrough.Url, UriKind.Absolute, out var passthrough)
        && Uri.TryCreate(Inventory.Ec2Endpoint, UriKind.Absolute, out var ec2)
        && Uri.Compare(passthrough, ec2, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public TargetOptions Targets => Of<TargetOptions>();

    public ReceivingOptions Requests => Of<ReceivingOptions>();

    public ConnectionOptions Connections => Of<ConnectionOptions>();

    public MemberOptions Members => Of<MemberOptions>();

    public DnsOptions Dns => Of<DnsOptions>();

    public DnsPublishingOptions DnsPublishing => Of<DnsPublishingOptions>();

    public PoolAddressOptions PoolAddresses => Of<PoolAddressOptions>();

    public SharedAddressOptions SharedAddress => Of<SharedAddressOptions>();

    /// <summary>What load balancers share.</summary>
    public Sharing Sharing => new(
        SharedAddress.Shared(Server.DnsSuffix, Server.Ephemeral), SharedAddress.Claims(Server.DnsSuffix, Server.Ephemeral));

    /// <summary>Where names are answered.</summary>
    public DnsPlaces DnsPlaces => DnsPlaces.Of(Dns, Server.DnsSuffix, Server.Ephemeral);

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

    /// <summary>Whatever load balancers can have, of all pools.</summary>
    public IReadOnlyList<IPNetwork> AllAddresses => [.. Server.AllAddressNetworks.Select(IPNetwork.Parse)];

    /// <summary>What belongs to accounts.</summary>
    public ElasticAddresses ElasticAddresses => new(Server.ElasticAddresses
        .SelectMany(account => account.Value.Select(one => ((account.Key, one.Key), IPAddress.Parse(one.Value)))).ToDictionary());

    /// <summary>Where instances may be.</summary>
    public TargetNetworks TargetNetworks =>
        new(Targets.Allowed.Select(IPNetwork.Parse), Targets.Forbidden.Select(IPNetwork.Parse), HasSeveralAccounts);

    /// <summary>Whether there are access keys of more than one account.</summary>
    public bool HasSeveralAccounts => Server.AccessKeys.Any(key => key.AccountId != Server.AccountId);

    /// <summary>Reads and checks the settings; throws <see cref="SettingsException"/> with every fault.</summary>
    /// <param name="arguments">Settings given on the command line: <c>--Name value</c> or <c>--Name=value</c>.</param>
    public static CloudLbSettings Read(IReadOnlyList<string> arguments)
    {
        try
        {
            var builder = SettingSources.Of(arguments);
            var configuration = builder.AddInMemoryCollection(SettingLists.Expand(builder.Build())).Build();
            return Check(configuration, CommandLineSettings.SecretsIn(arguments));
        }
        catch (InvalidDataException exception)
        {
            var fault = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            throw new SettingsException([fault]);
        }
    }

    /// <summary>The options of that type.</summary>
    internal object Of(Type type) =>
        ((IOptionsMonitor<object>)_options.GetRequiredService(typeof(IOptionsMonitor<>).MakeGenericType(type))).CurrentValue;

    private T Of<T>() => _options.GetRequiredService<IOptionsMonitor<T>>().CurrentValue;

    private static CloudLbSettings Check(IConfiguration configuration, IReadOnlyList<string> secrets)
    {
        var unreadable = SettingTexts.Unreadable(configuration).ToList();
        var faults = SettingNames.Unknown(configuration).Concat(unreadable.Select(setting => setting.Fault)).ToList();

        // What could not be read is left at its default, so that the rest can be held against the rules as well.
        foreach (var (name, _, defaultText) in unreadable)
        {
            configuration[name] = defaultText;
        }

        var options = SettingSections.Bind(configuration);
        faults.AddRange(SettingSections.Faults(options));
        return faults.Count == 0 ? new(configuration, options) { SecretsOnCommandLine = secrets } : throw new SettingsException(faults);
    }
}

using System.Net;
using CloudLb.AccessLogs;
using CloudLb.Acm;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Dns;
using CloudLb.Ec2;
using CloudLb.Ec2.Endpoint;
using CloudLb.Elb;
using CloudLb.Elb.Health;
using CloudLb.Elb.Planning;
using CloudLb.ElbV2;
using CloudLb.HAProxy;
using CloudLb.Iam;
using CloudLb.Nginx;
using CloudLb.OpenId;
using CloudLb.Operator;
using CloudLb.Operator.Control;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Server.Control;
using CloudLb.Server.Ephemeral;
using CloudLb.Server.PoolAddresses;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace CloudLb.Server;

/// <summary>Puts the rooms together. Every API and every plan source is one line here.</summary>
internal static class Composition
{
    /// <param name="settings">Checked.</param>
    /// <param name="port">Where the API listens when its URL left the port open.</param>
    public static WebApplication Build(CloudLbSettings settings, ChosenPort? port)
    {
        // Settings are read once, at start: nothing need watch their files, and with them all that is written below the program's
        // directory.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings.Configuration);
        Logs.Configure(builder.Logging, settings.Configuration);
        Listening.Configure(builder, settings, port);
        AddRooms(builder, settings);
        return builder.Build();
    }

    /// <summary>What may be in the store, for whoever looks at one without a server.</summary>
    public static ResourceKinds Kinds(CloudLbSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        AddRooms(builder, settings);
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<ResourceKinds>();
    }

    private static void AddRooms(WebApplicationBuilder builder, CloudLbSettings settings)
    {
        // What is added first starts first and stops last: the reconciler must have stopped when the data plane ends its processes, or it
        // starts new ones.
        builder.Services.AddHAProxyDataPlane(_ => settings.DataDirectory);
        AddDatagrams(builder.Services, settings);
        builder.Services.AddSingleton(settings);
        AddDomain(builder.Services, settings);
        builder.Services.AddSqliteStore(settings.DataDirectory);
        builder.Services.AddAccessLogs(settings.AccessLogs, settings.DataDirectory);
        builder.Services.AddOpenId(settings.OpenId, settings.DataDirectory);
        builder.Services.AddAwsApi(options =>
        {
            options.Regions.UnionWith(settings.Regions);
            options.DefaultRegion = settings.DefaultRegion;
            options.AllowsVersion2 = settings.Server.AllowSignatureVersion2;
            options.RegionOfOthers = settings.HasAnyRegion ? settings.DefaultRegion : null;
        });
        builder.Services.AddSingleton(settings.Requests);
        builder.Services.AddAccountThrottling(settings.Throttling);
        builder.Services.AddCallAudit(settings.Audit, Path.Combine(settings.DataDirectory, "audit"));
        builder.Services.AddElasticLoadBalancing(new Elb.DnsNames(settings.Server.DnsSuffix));
        builder.Services.AddElasticLoadBalancingV2(
            new ElbV2.DnsNames(settings.Server.DnsSuffix), settings.Server.Quotas.ToV2Domain(),
            () => EffectiveSettingsReader.Endpoint(settings.Url));
        var shared = settings.Sharing.Address is { IsOurChoice: false } asked ? asked.Address : null;
        builder.Services.AddDns(settings.Dns, settings.DnsPlaces, settings.Server.DnsSuffix, shared);
        builder.Services.AddNamePublishing(settings.DnsPublishing, settings.Server.DnsSuffix, shared, settings.DataDirectory);
        builder.Services.AddElasticComputeCloud(settings.IsEc2PassedOn);
        builder.Services.AddIdentity();
        builder.Services.AddCertificateManager();
        if (settings.Passthrough.Url is { Length: > 0 })
        {
            builder.Services.AddPassthrough(settings.Passthrough, settings.DataDirectory);
        }

        builder.Services.AddSingleton<Reset>();
        builder.Services.AddHostedService<HeapKeeper>();
        builder.Services.AddOperator(new() { Endpoint = () => EffectiveSettingsReader.Endpoint(settings.Url) }, settings.Metrics);
        builder.Services.AddSingleton<IControlQuestion, RunningServerQuestion>();
        builder.Services.AddSingleton<IControlQuestion, ResetQuestion>();
        AddMembers(builder.Services, settings);
        AddPoolAddresses(builder.Services, settings);
    }

    /// <summary>Where the settings name an interface.</summary>
    private static void AddPoolAddresses(IServiceCollection services, CloudLbSettings settings)
    {
        if (settings.PoolAddresses.Interface is { Length: > 0 })
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PoolAddressKeeper>(
                provider, settings.AllAddresses, settings.PoolAddresses,
                new AddressHolderClient(settings.PoolAddresses.Socket, provider.GetRequiredService<TimeProvider>())));
            services.AddSingleton<IHeldAddresses>(provider => provider.GetRequiredService<PoolAddressKeeper>());
            services.AddHostedService(provider => provider.GetRequiredService<PoolAddressKeeper>());
        }
    }

    /// <summary>HAProxy carries everything else and makes all checks; both are one data plane for all who ask.</summary>
    private static void AddDatagrams(IServiceCollection services, CloudLbSettings settings) => services
        .AddNginxDataPlane(
            settings.DataDirectory,
            settings.HAProxy.Mode == HAProxyMode.Attach ? NginxLifetime.Own : NginxLifetime.Server,
            provider => provider.GetRequiredService<HAProxyDataPlane>())
        .AddSingleton(provider => new DividedDataPlane(
            provider.GetRequiredService<HAProxyDataPlane>(), provider.GetRequiredService<HAProxyDataPlane>(),
            provider.GetRequiredService<NginxDataPlane>()))
        .AddSingleton<IDataPlane>(provider => provider.GetRequiredService<DividedDataPlane>())
        .AddSingleton<IHealthSource>(provider => provider.GetRequiredService<DividedDataPlane>());

    private static void AddMembers(IServiceCollection services, CloudLbSettings settings) => services
        .AddSingleton(Options.Create(settings.Members))
        .AddSingleton<Leases>()
        .AddSingleton<LeaseInstruments>()
        .AddSingleton<IInstruments>(provider => provider.GetRequiredService<LeaseInstruments>())
        .AddHostedService<LeaseEnds>()
        .AddSingleton<MemberReport>()
        .AddSingleton<IControlQuestion, MembersQuestion>()
        .AddSingleton<IControlQuestion, MemberCreationQuestion>()
        .AddSingleton<IControlQuestion, MemberDeletionQuestion>();

    /// <summary>
    /// What answers where. Makes the first of the rooms, so that what stands in their way is thrown here, and whoever calls ends what has
    /// been made.
    /// </summary>
    public static void Map(WebApplication application, CloudLbSettings settings)
    {
        application.MapOperator(settings.Metrics);
        ResetEndpoint.Map(application, settings);
        TrustStoreContentEndpoint.Map(application);
        PublicKeyEndpoint.Map(application);
        application.MapAwsApi(settings.Server.ServicePaths);
    }

    /// <summary>What the data planes keep in the data directory.</summary>
    public static IReadOnlyList<KeptFile> EngineFiles => [.. HAProxyFiles.All, .. NginxFiles.All];

    /// <summary>Removes what the data planes leave behind outside their directory when they are killed; they end first.</summary>
    /// <param name="dataDirectory">One that no server uses.</param>
    /// <param name="clock">For the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DataPlaneException">A process does not end.</exception>
    public static async Task RemoveRemainsAsync(string dataDirectory, TimeProvider clock, CancellationToken cancellationToken)
    {
        await NginxRemains.RemoveAsync(dataDirectory, clock, cancellationToken);
        await HAProxyRemains.RemoveAsync(dataDirectory, clock, cancellationToken);
    }

    /// <summary>Where the settings name one.</summary>
    private static void AddInventoryEndpoint(IServiceCollection services, CloudLbSettings settings)
    {
        if (settings.Inventory.Ec2Endpoint is not { Length: > 0 } url)
        {
            return;
        }

        services.AddInventoryEndpoint(new Ec2EndpointOptions
        {
            Url = new(url),
            Region = settings.Inventory.Ec2Region ?? settings.DefaultRegion,
            AccessKeyId = settings.Inventory.Ec2AccessKeyId!,
            SecretAccessKey = settings.Inventory.Ec2SecretAccessKey!,
        });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EndpointInventory>(provider, settings.DataDirectory));
        services.AddHostedService(provider => provider.GetRequiredService<EndpointInventory>());
    }

    private static AddressPools Pools(CloudLbSettings settings, ListeningSockets listening)
    {
        AddressPool Of(IEnumerable<string> networks, string setting) =>
            new([.. networks.Select(IPNetwork.Parse)], listening, setting, settings.ElasticAddresses.All);
        var server = settings.Server;
        return new(
            Of(server.AddressPool, nameof(server.AddressPool)),
            server.InternalAddressPool.Count > 0 ? Of(server.InternalAddressPool, nameof(server.InternalAddressPool)) : null,
            server.SubnetAddressPools.ToDictionary(
                pool => pool.Key, pool => Of(pool.Value, $"{nameof(server.SubnetAddressPools)}:{pool.Key}")),
            server.IPv6AddressPool.Count > 0 ? Of(server.IPv6AddressPool, nameof(server.IPv6AddressPool)) : null);
    }

    private static void AddDomain(IServiceCollection services, CloudLbSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton(settings.Server.Quotas.ToDomain());
        services.AddSingleton(settings.Sharing);
        services.AddSingleton(new CertificateQuota(settings.Server.Quotas.ServerCertificates));
        services.AddSingleton<IRegionZones>(provider => new RegionZones(settings.Server.Zones, provider.GetService<EndpointInventory>()));
        services.AddSingleton<IAddressAllocator>(
            provider => Pools(settings, new ListeningSockets(provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(settings.ElasticAddresses);
        services.AddSingleton<AddressAssignment>();
        services.AddHostedService<AddressTending>();
        services.AddSingleton<AddressHealth>();
        services.AddHostedService<AddressWatch>();
        services.AddSingleton(AccessKeys.Of(settings, TimeProvider.System.GetUtcNow()));
        services.AddSingleton(Options.Create(settings.Inventory));
        services.AddSingleton(
            provider => new InventoryFileReader(settings.InventoryFile, provider.GetRequiredService<ILogger<InventoryFileReader>>()));
        AddInventoryEndpoint(services, settings);
        services.AddSingleton<Inventory>();
        services.AddSingleton<IInventory>(provider => provider.GetRequiredService<Inventory>());
        services.AddHostedService(provider => provider.GetRequiredService<Inventory>());
        services.AddSingleton<Networks>();
        services.AddSingleton(provider => new TargetRules(
            provider.GetRequiredService<IInventory>(),
            settings.AllAddresses,
            new OwnListeners(OwnPlaces.Of(
                settings, provider.GetRequiredService<IServer>(), provider.GetRequiredService<IHeldPlaces>())),
            settings.TargetNetworks));
        services.AddSingleton(settings.Server.FastClocks ? ClockSpeed.Fast : ClockSpeed.Real);
        services.AddSingleton<IPlanSource>(
            provider => ActivatorUtilities.CreateInstance<ClassicPlanSource>(provider, settings.HAProxy.MaxConnectionsPerInstance));
        services.AddSingleton(Options.Create(settings.Reconciler));
        services.AddSingleton<ReconcilerMetrics>();
        services.AddSingleton<CertificateContents>();
        services.AddSingleton<Reconciler>();
        services.AddHostedService(provider => provider.GetRequiredService<Reconciler>());
    }
}

using System.Net;
using System.Xml.Linq;
using CloudLb.AccessLogs;
using CloudLb.AccessLogs.Delivery;
using CloudLb.AwsApi;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Accounts;
using CloudLb.Core.Addresses;
using CloudLb.Core.Buckets;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Templates;
using CloudLb.Elb;
using CloudLb.Elb.Domain;
using CloudLb.ElbV2;
using CloudLb.Iam;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.Api.Actions;

/// <summary>The Classic API over HTTP with its real store, and no data plane.</summary>
public sealed class ElbServer : IAsyncLifetime
{
    private const string AccessKeyId = "AKIDEXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudlb-");
    private readonly HttpClient _client = new();
    private readonly SigV4Signer _signer = new(AccessKeyId, SecretAccessKey, "us-east-1", "elasticloadbalancing", TimeProvider.System);
    private readonly WebApplication _application;
    private Uri _url = null!;
    private int _named;

    public ElbServer()
        : this(TimeProvider.System)
    {
    }

    /// <param name="clock">What the server takes for the time, in the header <c>Date</c> of its answers too.</param>
    internal ElbServer(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton(clock);
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton(new Quotas());
        services.AddSingleton<IRegionZones>(new RegionZones(new Dictionary<string, List<string>>()));
        services.AddSingleton<IAddressAllocator>(new AddressPools(
            new AddressPool([IPNetwork.Parse("127.200.0.0/16")]), null,
            new Dictionary<string, AddressPool>
            {
                ["subnet-00000010"] = new([IPNetwork.Parse("127.201.0.0/29")], reserved: Elastic.All),
                ["subnet-00000011"] = new([IPNetwork.Parse("127.202.0.0/24")]),
            },
            new AddressPool([IPNetwork.Parse("fd00:7::/64")])));
        services.AddSingleton(Elastic);
        services.AddSingleton<AddressAssignment>();
        services.AddSingleton<IAccessKeySource>(
            new AccessKeyTable([new() { AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey, Account = new("123456789012") }]));
        services.AddSingleton(Options.Create(new InventoryOptions()));
        services.AddSingleton(provider => new InventoryFileReader(
            Path.Combine(_directory.FullName, "inventory.json"), provider.GetRequiredService<ILogger<InventoryFileReader>>()));
        services.AddSingleton<IInventory, Inventory>();
        services.AddSingleton<Networks>();
        services.AddSingleton(provider => new TargetRules(
            provider.GetRequiredService<IInventory>(), [], new(() => []), new([], [], hasSeveralAccounts: false)));
        services.AddSingleton<IHealthSource, NothingObserved>();
        services.AddSqliteStore(_directory.FullName);
        services.AddAwsApi(_ => { });
        services.AddSingleton(ClockSpeed.Real);
        services.AddSingleton<ITrafficStatus, NothingServed>();
        services.AddSingleton<ITemplateRights, EveryTemplate>();
        services.AddSingleton(Sharing.None);
        services.AddSingleton(Datagrams);
        services.AddSingleton<IDatagramCarrier>(Datagrams);
        services.AddSingleton<IClientAddressKeeper>(ClientAddresses);
        services.AddElasticLoadBalancing(new Elb.DnsNames("elb.localhost"));
        services.AddElasticLoadBalancingV2(new ElbV2.DnsNames("elb.localhost"), V2Quotas, () => _url.ToString().TrimEnd('/'));
        services.AddIdentity();
        var buckets = new DirectoryStore(Path.Combine(_directory.FullName, "access-logs"));
        services.AddSingleton<IAccessLogBuckets>(new Buckets(buckets, TimeProvider.System, NullLogger<Buckets>.Instance));
        services.AddSingleton<IBucketObjects>(
            new BucketObjects(
                buckets, new(Options.Create(new AccessLogOptions())), TimeProvider.System, NullLogger<BucketObjects>.Instance));
        _application = builder.Build();
        _application.Use((context, next) =>
        {
            context.Response.Headers.Date = clock.GetUtcNow().ToString("R");
            return next(context);
        });
        _application.MapAwsApi();
    }

    /// <summary>Small ones, so that tests meet them.</summary>
    internal static ElbV2.Domain.Quotas V2Quotas { get; } = new() { Listeners = 3, TargetsPerGroup = 5, Rules = 4 };

    /// <summary>One of them is of a subnet's pool too, and one another account's.</summary>
    internal static ElasticAddresses Elastic { get; } = new(new Dictionary<(string Account, string AllocationId), IPAddress>
    {
        [("123456789012", "eipalloc-1")] = IPAddress.Parse("203.0.113.1"),
        [("123456789012", "eipalloc-2")] = IPAddress.Parse("127.201.0.2"),
        [("210987654321", "eipalloc-3")] = IPAddress.Parse("203.0.113.3"),
    });

    internal Uri Url => _url;

    /// <summary>Whether the server can carry datagrams.</summary>
    internal GivenCarrier Datagrams { get; } = new();

    /// <summary>Whether the server can keep clients' addresses; not until a test says so.</summary>
    internal GivenKeeper ClientAddresses { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _application.StartAsync();
        _url = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A load balancer with an HTTP listener, 80 to 8080, and a TCP listener, 25 to 2525.</summary>
    internal async Task<string> CreateLoadBalancerAsync()
    {
        var name = $"lb-{Interlocked.Increment(ref _named)}";
        await SendAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName={name}&AvailabilityZones.member.1=us-east-1a" +
            "&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort=80&Listeners.member.1.InstancePort=8080" +
            "&Listeners.member.2.Protocol=TCP&Listeners.member.2.LoadBalancerPort=25&Listeners.member.2.InstancePort=2525");
        return name;
    }

    /// <summary>The answer to a request that must succeed, without its namespace.</summary>
    internal async Task<XElement> SendAsync(string form)
    {
        var (status, xml) = await PostAsync(form);
        Assert.True(status == 200, $"{form}: {status} {xml}");
        return xml;
    }

    /// <summary>As <see cref="SendAsync"/>, of the API of application and network load balancers.</summary>
    internal async Task<XElement> SendV2Async(string form)
    {
        var (status, xml) = await PostAsync(form, "2015-12-01");
        Assert.True(status == 200, $"{form}: {status} {xml}");
        return xml;
    }

    /// <summary>As <see cref="RefusalAsync"/>, of the API of application and network load balancers.</summary>
    internal async Task<(int Status, string Code, string Message)> RefusalV2Async(string form)
    {
        var (status, xml) = await PostAsync(form, "2015-12-01");
        Assert.True(status != 200, $"{form} was taken: {xml}");
        return (status, xml.Descendants("Code").Single().Value, xml.Descendants("Message").Single().Value);
    }

    /// <summary>The status, code and message of a request that must be refused.</summary>
    internal async Task<(int Status, string Code, string Message)> RefusalAsync(string form)
    {
        var (status, xml) = await PostAsync(form);
        return (status, xml.Descendants("Code").Single().Value, xml.Descendants("Message").Single().Value);
    }

    private async Task<(int Status, XElement Xml)> PostAsync(string form, string version = "2012-06-01")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Content = new StringContent(
                $"{form}&Version={version}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        await _signer.SignAsync(request, TestContext.Current.CancellationToken);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var xml = XElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var element in xml.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            element.RemoveAttributes();
        }

        return ((int)response.StatusCode, xml);
    }

    private sealed class NothingServed : ITrafficStatus
    {
        public string Engine => "nothing";

        public IReadOnlyList<EngineProcess> Processes => [];

        public Task<ServedLoadBalancer?> ReadAsync(LoadBalancerId loadBalancer, CancellationToken cancellationToken) =>
            Task.FromResult<ServedLoadBalancer?>(null);

        public Task<IReadOnlyDictionary<MemberId, CheckAnswer>> ReadChecksAsync(
            LoadBalancerId loadBalancer, string pool, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<MemberId, CheckAnswer>>(new Dictionary<MemberId, CheckAnswer>());

        public Task<IReadOnlyDictionary<LoadBalancerId, ListenerActivity>> ReadActivityAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<LoadBalancerId, ListenerActivity>>(new Dictionary<LoadBalancerId, ListenerActivity>());

        public Task<IReadOnlyList<string>> FindSilentAsync(TimeSpan patience, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([]);
    }

    private sealed class EveryTemplate : ITemplateRights
    {
        public string? WhyNot(AccountId account, string template) => null;
    }

    private sealed class NothingObserved : IHealthSource
    {
        public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) => null;
    }
}

using System.Globalization;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>A CloudLb with the load balancers <c>web</c> and <c>other</c>, and a web server that may be their instance.</summary>
public sealed class MemberServer : IAsyncLifetime
{
    /// <summary>What a shell, printf, curl or sed could take for its own, were it ever read by them.</summary>
    private const string HostileSecret = """ a "$(touch owned)`touch owned`%s%n\n\0'&;|=#+/x """;

    private CloudLbProcess? _process;
    private Backend? _backend;

    internal CloudLbProcess Process
    {
        get
        {
            Installed.HAProxyOrSkip();
            return _process!;
        }
    }

    internal Backend Backend => _backend!;

    internal ElbApi Api => new(Process.Url);

    /// <summary>A key that may register <see cref="Backend"/> with <c>web</c> alone.</summary>
    internal Account Key { get; } = new(Account.First.Id, "AKIDSELF", HostileSecret);

    public async ValueTask InitializeAsync()
    {
        if (!Installed.IsHAProxyThere)
        {
            return;
        }

        var token = TestContext.Current.CancellationToken;
        _backend = await Backend.StartAsync(token);
        _process = await CloudLbProcess.StartAsync(
            token, ("AccessKeys:1:AccountId", Key.Id), ("AccessKeys:1:AccessKeyId", Key.AccessKeyId),
            ("AccessKeys:1:SecretAccessKey", Key.SecretAccessKey), ("AccessKeys:1:Permission", "RegisterSelf"),
            ("AccessKeys:1:LoadBalancers", "web"), ("AccessKeys:1:Instances", _backend.Address));
        await Api.CreateWebAsync("web", _backend.Port, token);
        await Api.CreateWebAsync("other", _backend.Port, token);
        await DrainAsync(TimeSpan.FromSeconds(20), token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_backend is not null)
        {
            await _backend.DisposeAsync();
        }
    }

    /// <summary>The settings that the key comes with.</summary>
    internal Dictionary<string, string> Settings(params IEnumerable<(string Name, string Value)> others)
    {
        var settings = new Dictionary<string, string>
        {
            ["CLB_URL"] = Process.Url.ToString(), ["CLB_ACCESS_KEY_ID"] = Key.AccessKeyId, ["CLB_SECRET_ACCESS_KEY"] = Key.SecretAccessKey,
            ["CLB_INSTANCE"] = Backend.Address, ["CLB_LOAD_BALANCERS"] = "web",
        };
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        return settings;
    }

    internal async Task<bool> IsRegisteredAsync(string loadBalancer, CancellationToken cancellationToken) =>
        (await Process.StatusAsync(loadBalancer, cancellationToken))!.Instances
            .Any(instance => instance.InstanceId == Backend.Address);

    private async Task DrainAsync(TimeSpan limit, CancellationToken cancellationToken) => await Api.CallAsync(
        "Action=ModifyLoadBalancerAttributes&LoadBalancerName=web&LoadBalancerAttributes.ConnectionDraining.Enabled=true" +
        $"&LoadBalancerAttributes.ConnectionDraining.Timeout={limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)}",
        cancellationToken);
}

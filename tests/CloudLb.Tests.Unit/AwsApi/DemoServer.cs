using System.Net;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>A Kestrel on a free port that serves the demo service, and a client to it.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    /// <summary>The time of AWS's published vectors.</summary>
    public static readonly DateTimeOffset Noon = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly WebApplication _app;

    public DemoServer()
        : this([])
    {
    }

    internal DemoServer(
        string[] regions, string? regionOfOthers = null, Action<IServiceCollection>? configure = null, Action<SigV4Options>? sign = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<ICredentialSource, KnownCredentials>();
        builder.Services.AddAwsApi(options =>
        {
            options.Regions.UnionWith(regions);
            options.RegionOfOthers = regionOfOthers;
            sign?.Invoke(options);
        });
        builder.Services.AddApiService(Echo.Service, service => service
            .Add<Echo>()
            .MapExceptions(exception => exception is ArgumentException ? new WireError("NothingToSay", 409, exception.Message) : null)
            .HasGlobalRegion("aws-global"));
        configure?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapAwsApi("/services/LoadBalancing");
    }

    public Uri Url { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    internal ManualClock Clock { get; } = new(Noon);

    internal RecordedLog Log { get; } = new();

    internal SigV4Signer Signer => SignerFor();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>As a server is told to stop: what is under way is brought to its end.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    internal SigV4Signer SignerFor(
        string keyId = KnownCredentials.AccessKeyId,
        string secret = KnownCredentials.SecretAccessKey,
        string region = "us-east-1",
        string service = "elasticloadbalancing") => new(keyId, secret, region, service, Clock);

    internal HttpRequestMessage Post(string form, string query = "") => new(HttpMethod.Post, new Uri(Url, $"/{query}"))
    {
        Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
    };

    internal async Task<HttpRequestMessage> SignedPostAsync(string form)
    {
        var request = Post(form);
        await Signer.SignAsync(request, TestContext.Current.CancellationToken);
        return request;
    }

    internal async Task<Answer> SendSignedAsync(string form) => await SendSignedAsync(Post(form));

    internal async Task<Answer> SendSignedAsync(HttpRequestMessage request)
    {
        await Signer.SignAsync(request, TestContext.Current.CancellationToken);
        return await SendAsync(request);
    }

    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

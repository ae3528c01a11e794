using CloudLb.AwsApi;
using CloudLb.AwsApi.Audit;
using CloudLb.Passthrough;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>The demo server with another endpoint behind it, to which the calls of its account go.</summary>
internal sealed class PassingServer : IAsyncDisposable
{
    /// <summary>
    /// What the calls are signed with anew; the same as the caller's, so that a second demo server can check the signature.
    /// </summary>
    public const string UpstreamKeyId = KnownCredentials.AccessKeyId;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-passing-");

    private PassingServer(Uri upstream, Action<PassthroughOptions>? configure)
    {
        var options = new PassthroughOptions
        {
            Url = upstream.ToString(),
            MaxBodySize = 2,
            Timeout = TimeSpan.FromSeconds(60),
            Accounts =
            [
                new()
                {
                    AccountId = KnownCredentials.Account,
                    AccessKeyId = UpstreamKeyId,
                    SecretAccessKey = KnownCredentials.SecretAccessKey,
                },
            ],
        };
        configure?.Invoke(options);
        Demo = new DemoServer([], configure: services =>
        {
            services.AddPassthrough(options, _directory.FullName);
            services.AddCallAudit(new AuditOptions(), AuditDirectory);
        });
    }

    public DemoServer Demo { get; }

    public string AuditDirectory => Path.Combine(_directory.FullName, "audit");

    /// <summary>Bodies that wait on the disk.</summary>
    public IEnumerable<string> Spooled => Directory.EnumerateFiles(Path.Combine(_directory.FullName, "passthrough"));

    public static async Task<PassingServer> StartAsync(Uri upstream, Action<PassthroughOptions>? configure = null)
    {
        var server = new PassingServer(upstream, configure);
        await server.Demo.InitializeAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Demo.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}

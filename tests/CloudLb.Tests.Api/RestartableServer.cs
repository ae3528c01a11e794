using System.Net;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.Server;
using CloudLb.Server.Settings;
using CloudLb.Tests.Api.Certificates;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Api;

/// <summary>
/// A whole CloudLb in this process, its key in the credentials file, a member machine's in the settings; it can be started again on what it
/// left.
/// </summary>
public sealed class RestartableServer : IAsyncLifetime
{
    public const string Member = "AKIDMEMBERMACHINE1";
    public const string Reader = "AKIDREADERMACHINE1";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly Uri _url = new($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
    private readonly SignedClient _client;
    private CloudLbServer? _server;

    public RestartableServer() => _client = new(_url);

    public Uri Url => _url;

    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("clb-");

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask StartAsync(params IEnumerable<string> settings) => _server = await CloudLbServer.StartAsync(
        CloudLbSettings.Read(
        [
            $"--Url={_url.ToString().TrimEnd('/')}", $"--DataDirectory={Directory.FullName}",
            $"--AddressPool=127.{100 + (Environment.ProcessId % 100)}.78.0/24",
            "--AccountId=123456789012", "--SharedAddress:Enabled=false", "--Dns:Enabled=false",
            "--AccessKeys:0:AccountId=123456789012", $"--AccessKeys:0:AccessKeyId={Member}", $"--AccessKeys:0:SecretAccessKey={Secret}",
            "--AccessKeys:0:Permission=RegisterSelf", "--AccessKeys:0:LoadBalancers=web",
            "--AccessKeys:1:AccountId=123456789012", $"--AccessKeys:1:AccessKeyId={Reader}", $"--AccessKeys:1:SecretAccessKey={Secret}",
            "--AccessKeys:1:Permission=ReadOnly",
            .. settings,
        ]),
        TestContext.Current.CancellationToken);

    public async ValueTask StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync();
        Directory.Delete(recursive: true);
    }

    /// <summary>The pair of the credentials file.</summary>
    internal Key First
    {
        get
        {
            var lines = File.ReadAllLines(Path.Combine(Directory.FullName, "credentials")).Select(line => line.Split(" = ")).ToList();
            return new(lines[1][1], lines[2][1]);
        }
    }

    /// <summary>Calls an operation; a <see cref="ServiceRefusal"/> when it is refused.</summary>
    internal Task<TResponse> CallAsync<TRequest, TResponse>(
        ServiceContract service, OperationContract<TRequest, TResponse> operation, TRequest request, Key key)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => _client.CallAsync(
            service, operation, request, new(key.Id, key.Secret, "us-east-1", service.SigningName, TimeProvider.System));

    /// <summary>What a caller signs with.</summary>
    internal sealed record Key(string Id, string Secret);
}

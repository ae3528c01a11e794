using System.Net;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.Server;
using CloudLb.Server.Settings;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>A whole CloudLb in this process, on a data directory, a port and addresses of its own, for clients of two accounts.</summary>
public sealed class SecureServer : IAsyncLifetime
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly Uri _url = new($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
    private readonly SignedClient _client;
    private CloudLbServer _server = null!;

    public SecureServer() => _client = new(_url);

    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("clb-");

    public async ValueTask InitializeAsync() => _server = await CloudLbServer.StartAsync(
        CloudLbSettings.Read(
        [
            $"--Url={_url.ToString().TrimEnd('/')}", $"--DataDirectory={Directory.FullName}",
            $"--AddressPool=127.{100 + (Environment.ProcessId % 100)}.77.0/24",
            "--AccountId=123456789012", "--AccessKeyId=AKIDEXAMPLE", $"--SecretAccessKey={Secret}", "--Regions=eu-west-1",
            "--AccessKeys:0:AccountId=210987654321", "--AccessKeys:0:AccessKeyId=AKIDOTHER", $"--AccessKeys:0:SecretAccessKey={Secret}",
        ]),
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(recursive: true);
    }

    /// <summary>Calls an operation; a <see cref="ServiceRefusal"/> when it is refused.</summary>
    internal Task<TResponse> CallAsync<TRequest, TResponse>(
        ServiceContract service, OperationContract<TRequest, TResponse> operation, TRequest request, string accessKeyId = "AKIDEXAMPLE")
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var region = service.SigningName == "iam" ? "us-east-1" : "eu-west-1";
        return _client.CallAsync(
            service, operation, request, new(accessKeyId, Secret, region, service.SigningName, TimeProvider.System));
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.AwsApi.SigV4;
using CloudLb.Server;
using CloudLb.Server.Settings;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>A whole CloudLb in this process, on a data directory, a port and addresses of its own, for clients of two accounts.</summary>
public sealed class SecureServer : IAsyncLifetime
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _url = new($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
    private CloudLbServer _server = null!;

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
    internal async Task<TResponse> CallAsync<TRequest, TResponse>(
        ServiceContract service, OperationContract<TRequest, TResponse> operation, TRequest request, string accessKeyId = "AKIDEXAMPLE")
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var region = service.SigningName == "iam" ? "us-east-1" : "eu-west-1";
        var isJson = service.Protocols.Contains(WireProtocol.Json11);
        using var message = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Content = isJson
                ? new ByteArrayContent(operation.WriteDocument(request, WireProtocol.Json11))
                : new StringContent(
                    operation.WriteRequest(request, service.Version), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (isJson)
        {
            message.Content.Headers.ContentType = new("application/x-amz-json-1.1");
            message.Headers.Add("X-Amz-Target", $"{service.TargetPrefix}.{operation.Name}");
        }

        await new SigV4Signer(
            accessKeyId, Secret, region, service.SigningName, TimeProvider.System).SignAsync(
                message, TestContext.Current.CancellationToken);
        using var response = await _client.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return isJson ? operation.ReadDocument(Encoding.UTF8.GetBytes(text), WireProtocol.Json11) : operation.ReadResponse(text);
        }

        if (isJson)
        {
            var refusal = JsonNode.Parse(text)!;
            throw new ServiceRefusal((int)response.StatusCode, (string)refusal["__type"]!, (string?)refusal["message"] ?? "");
        }

        var error = XDocument.Parse(text)
            .Descendants()
            .Where(element => !element.HasElements)
            .ToLookup(element => element.Name.LocalName, element => element.Value);
        throw new ServiceRefusal((int)response.StatusCode, error["Code"].Single(), error["Message"].SingleOrDefault() ?? "");
    }
}

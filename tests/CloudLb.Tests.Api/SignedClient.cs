using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Shapes;
using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api;

/// <summary>Calls a server in the protocol of each service: JSON where the service speaks it, and else a form.</summary>
internal sealed class SignedClient(Uri url) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Calls an operation; a <see cref="ServiceRefusal"/> when it is refused.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        ServiceContract service, OperationContract<TRequest, TResponse> operation, TRequest request, SigV4Signer signer)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var isJson = service.Protocols.Contains(WireProtocol.Json11);
        using var message = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = isJson
                ? new ByteArrayContent(operation.WriteDocument(request, WireProtocol.Json11))
                : new StringContent(operation.WriteRequest(request, service.Version), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (isJson)
        {
            message.Content.Headers.ContentType = new("application/x-amz-json-1.1");
            message.Headers.Add("X-Amz-Target", $"{service.TargetPrefix}.{operation.Name}");
        }

        await signer.SignAsync(message, TestContext.Current.CancellationToken);
        using var response = await _client.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw RefusalOf((int)response.StatusCode, text, isJson);
        }

        return isJson ? operation.ReadDocument(Encoding.UTF8.GetBytes(text), WireProtocol.Json11) : operation.ReadResponse(text);
    }

    public void Dispose() => _client.Dispose();

    private static ServiceRefusal RefusalOf(int status, string text, bool isJson)
    {
        if (isJson)
        {
            var refusal = JsonNode.Parse(text)!;
            return new(status, (string)refusal["__type"]!, (string?)refusal["message"] ?? "");
        }

        var error = XDocument.Parse(text)
            .Descendants()
            .Where(element => !element.HasElements)
            .ToLookup(element => element.Name.LocalName, element => element.Value);
        return new(status, error["Code"].Single(), error["Message"].SingleOrDefault() ?? "");
    }
}

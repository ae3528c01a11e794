using System.Net;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.AwsApi.SigV4;
using CloudLb.Bench.Processes;
using CloudLb.Elb.Contracts;

namespace CloudLb.Bench.Load;

/// <summary>
/// Calls the API as any client does: the generated contracts write the request, every single one is signed, HttpClient sends it.
/// </summary>
/// <param name="service">Elastic Load Balancing where none is named; IAM is called in the region that it has everywhere.</param>
internal sealed class ElbClient(Uri url, ServiceContract? service = null) : IDisposable
{
    private readonly ServiceContract _service = service ?? ElasticLoadBalancingContract.Service;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly SigV4Signer _signer =
        new(
            CloudLbProcess.AccessKeyId, CloudLbProcess.SecretAccessKey, CloudLbProcess.Region,
            (service ?? ElasticLoadBalancingContract.Service).SigningName, TimeProvider.System);

    public async Task<HttpRequestMessage> SignedAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var form = operation.WriteRequest(request, _service.Version);
        var message = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        await _signer.SignAsync(message, cancellationToken);
        return message;
    }

    /// <summary>The answer's text. One that is no success ends the benchmark.</summary>
    public async Task<string> CallAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        using var message = await SignedAsync(operation, request, cancellationToken);
        using var answer = await _http.SendAsync(message, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? text : throw new InvalidOperationException($"{operation.Name} was refused: {text}");
    }

    /// <summary>The same over a connection of its own, on the caller's thread.</summary>
    public async Task CallAsync<TRequest, TResponse>(
        PlainConnection connection, OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        using var message = await SignedAsync(operation, request, cancellationToken);
        connection.Call(message, await message.Content!.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>One HTTP listener that sends to the instances' port.</summary>
    public Task CreateAsync(string name, int port, int instancePort, CancellationToken cancellationToken) =>
        CallAsync(ElasticLoadBalancingContract.CreateLoadBalancer, Creation(name, port, instancePort), cancellationToken);

    public static CreateLoadBalancerRequest Creation(string name, int port, int instancePort) => new()
    {
        LoadBalancerName = name,
        Listeners = [new() { Protocol = "HTTP", LoadBalancerPort = port, InstancePort = instancePort }],
        AvailabilityZones = [$"{CloudLbProcess.Region}a"],
    };

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        CallAsync(ElasticLoadBalancingContract.DeleteLoadBalancer, new() { LoadBalancerName = name }, cancellationToken);

    public Task RegisterAsync(string name, IEnumerable<string> addresses, CancellationToken cancellationToken) => CallAsync(
        ElasticLoadBalancingContract.RegisterInstancesWithLoadBalancer,
        new() { LoadBalancerName = name, Instances = [.. addresses.Select(address => new Instance { InstanceId = address })] },
        cancellationToken);

    /// <summary>Switches the access log on. Where nobody has set a store, buckets are directories that are made.</summary>
    public Task LogAsync(string name, CancellationToken cancellationToken) => CallAsync(
        ElasticLoadBalancingContract.ModifyLoadBalancerAttributes,
        new()
        {
            LoadBalancerName = name,
            LoadBalancerAttributes = new() { AccessLog = new() { Enabled = true, S3BucketName = "logs", EmitInterval = 5 } },
        },
        cancellationToken);

    public Task DeregisterAsync(string name, string address, CancellationToken cancellationToken) => CallAsync(
        ElasticLoadBalancingContract.DeregisterInstancesFromLoadBalancer,
        new() { LoadBalancerName = name, Instances = [new Instance { InstanceId = address }] },
        cancellationToken);

    public void Dispose() => _http.Dispose();
}

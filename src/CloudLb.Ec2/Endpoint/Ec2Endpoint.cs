using System.Net.Http.Headers;
using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Shapes;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;

namespace CloudLb.Ec2.Endpoint;

/// <summary>Asks a real EC2 endpoint. Its answers are nobody's word until <see cref="Ec2Reading"/> has checked them.</summary>
/// <remarks>
/// Signs with AwsApi's own signer and reads with the contracts that the server side has; AWSSDK.EC2 does not restore everywhere.
/// </remarks>
internal sealed class Ec2Endpoint : IInventoryEndpoint, IDisposable
{
    /// <summary>Bytes of an answer. A page of 1000 security groups with some rules each is below 2 MiB.</summary>
    private const int MaximumAnswer = 16 * 1024 * 1024;

    /// <summary>Pages of a list, 1000 items each: an endpoint that never ends is not listened to for ever.</summary>
    private const int MaximumPages = 100;

    /// <summary>EC2's largest page.</summary>
    private const int PageSize = 1000;

    private readonly Ec2EndpointOptions _options;
    private readonly SigV4Signer _signer;
    private readonly HttpClient _http;

    public Ec2Endpoint(Ec2EndpointOptions options, TimeProvider clock)
    {
        _options = options;
        _signer = new(options.AccessKeyId, options.SecretAccessKey, options.Region, Ec2Contract.Service.SigningName, clock);

        // The time limit is the caller's; a redirect would carry what is signed for one host to another.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            MaxResponseContentBufferSize = MaximumAnswer, Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string Region => _options.Region;

    public async Task<IReadOnlyList<EndpointInstance>> FindAsync(
        IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken)
    {
        // A filter, since an id in InstanceId that there is not would be an error for the whole question.
        IReadOnlyList<Filter> filters = [new() { Name = "instance-id", Values = [.. instanceIds] }];
        var reservations = await AllAsync(
            Ec2Contract.DescribeInstances,
            token => new() { Filters = filters, NextToken = token },
            answer => (answer.Reservations, answer.NextToken),
            cancellationToken);
        return Ec2Reading.Instances(reservations);
    }

    public async Task<EndpointNetworks> ListAsync(CancellationToken cancellationToken)
    {
        var zones = await AskAsync(Ec2Contract.DescribeAvailabilityZones, new(), cancellationToken);
        var vpcs = await AllAsync(
            Ec2Contract.DescribeVpcs, token => new() { MaxResults = PageSize, NextToken = token },
            answer => (answer.Vpcs, answer.NextToken), cancellationToken);
        var subnets = await AllAsync(
            Ec2Contract.DescribeSubnets, token => new() { MaxResults = PageSize, NextToken = token },
            answer => (answer.Subnets, answer.NextToken),
            cancellationToken);
        var groups = await AllAsync(
            Ec2Contract.DescribeSecurityGroups, token => new() { MaxResults = PageSize, NextToken = token },
            answer => (answer.SecurityGroups, answer.NextToken), cancellationToken);
        return Ec2Reading.Networks(zones.AvailabilityZones ?? [], vpcs, subnets, groups, Region);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Page after page, until one has no successor.</summary>
    private async Task<IReadOnlyList<TItem>> AllAsync<TRequest, TResponse, TItem>(
        OperationContract<TRequest, TResponse> operation, Func<string?, TRequest> request,
        Func<TResponse, (IReadOnlyList<TItem>? Items, string? NextToken)> page,
        CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var all = new List<TItem>();
        string? token = null;
        for (var number = 0; number < MaximumPages; number++)
        {
            var (items, next) = page(await AskAsync(operation, request(token), cancellationToken));
            all.AddRange(items ?? []);
            if (string.IsNullOrEmpty(next))
            {
                return all;
            }

            token = next;
        }

        throw new InventoryEndpointException($"Its answer to {operation.Name} has more than {MaximumPages} pages.");
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new StringContent(
                operation.WriteRequest(request, Ec2Contract.Service.Version), Encoding.UTF8, new MediaTypeHeaderValue(
                    "application/x-www-form-urlencoded", "utf-8")),
        };
        await _signer.SignAsync(message, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(message, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? operation.ReadResponse(text)
                : throw new InventoryEndpointException(
                    $"It answered {operation.Name} with {(int)response.StatusCode}{Ec2Reading.ErrorCode(text)}.");
        }
        catch (HttpRequestException exception)
        {
            throw new InventoryEndpointException($"It cannot be reached ({exception.HttpRequestError}).", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new InventoryEndpointException($"Its answer to {operation.Name} cannot be read.", exception);
        }
    }
}

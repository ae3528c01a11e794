using CloudLb.Bench.Processes;
using CloudLb.ElbV2.Contracts;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Bench.Load;

/// <summary>Makes load balancers of version 2, and what belongs to them, as any client does.</summary>
internal sealed class ElbV2Client(CloudLbProcess server) : IDisposable
{
    private readonly ElbClient _client = new(server.Url, ElasticLoadBalancingV2Contract.Service);

    /// <summary>The ARN of a new application load balancer in two zones, and the VPC that it is in.</summary>
    public Task<(string Arn, string Vpc)> LoadBalancerAsync(string name, CancellationToken cancellationToken) =>
        LoadBalancerAsync("application", name, cancellationToken);

    /// <summary>The same of a type, <c>application</c> or <c>network</c>.</summary>
    public async Task<(string Arn, string Vpc)> LoadBalancerAsync(string type, string name, CancellationToken cancellationToken)
    {
        // Each id of a subnet is taken at its word, and its last digit gives its zone.
        var request = new CreateLoadBalancerRequest { Name = name, Type = type, Subnets = ["subnet-00000000", "subnet-00000001"] };
        var made = await ReadAsync(ElasticLoadBalancingV2Contract.CreateLoadBalancer, request, cancellationToken);
        return (made.LoadBalancers![0].LoadBalancerArn!, made.LoadBalancers![0].VpcId!);
    }

    /// <summary>The ARN of a new target group of HTTP with a target at each of the addresses.</summary>
    public Task<string> GroupAsync(
        string name, string vpc, int port, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        GroupAsync("HTTP", name, vpc, port, addresses, cancellationToken);

    /// <summary>The same of a protocol.</summary>
    public async Task<string> GroupAsync(
        string protocol, string name, string vpc, int port, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var request = new CreateTargetGroupRequest { Name = name, Protocol = protocol, Port = port, VpcId = vpc, TargetType = "ip" };
        var made = await ReadAsync(ElasticLoadBalancingV2Contract.CreateTargetGroup, request, cancellationToken);
        var arn = made.TargetGroups![0].TargetGroupArn!;
        if (addresses.Count > 0)
        {
            await RegisterAsync(arn, addresses, cancellationToken);
        }

        return arn;
    }

    public Task RegisterAsync(string group, IEnumerable<string> addresses, CancellationToken cancellationToken) => _client.CallAsync(
        ElasticLoadBalancingV2Contract.RegisterTargets, new() { TargetGroupArn = group, Targets = Targets(addresses) }, cancellationToken);

    public Task DeregisterAsync(string group, string address, CancellationToken cancellationToken) => _client.CallAsync(
        ElasticLoadBalancingV2Contract.DeregisterTargets, new() { TargetGroupArn = group, Targets = Targets([address]) },
        cancellationToken);

    /// <summary>The ARN of a new HTTP listener.</summary>
    public Task<string> ListenerAsync(string loadBalancer, int port, Action action, CancellationToken cancellationToken) =>
        ListenerAsync("HTTP", loadBalancer, port, action, [], cancellationToken);

    /// <summary>The ARN of a new listener of a protocol; the first certificate is its default, and it has those after it as well.</summary>
    public async Task<string> ListenerAsync(
        string protocol, string loadBalancer, int port, Action action, IReadOnlyList<string> certificates,
        CancellationToken cancellationToken)
    {
        var request = new CreateListenerRequest
        {
            LoadBalancerArn = loadBalancer,
            Protocol = protocol,
            Port = port,
            Certificates = certificates.Count == 0 ? null : [new() { CertificateArn = certificates[0] }],
            DefaultActions = [action],
        };
        var made = await ReadAsync(ElasticLoadBalancingV2Contract.CreateListener, request, cancellationToken);
        var arn = made.Listeners![0].ListenerArn!;
        foreach (var certificate in certificates.Skip(1))
        {
            await _client.CallAsync(
                ElasticLoadBalancingV2Contract.AddListenerCertificates,
                new() { ListenerArn = arn, Certificates = [new() { CertificateArn = certificate }] }, cancellationToken);
        }

        return arn;
    }

    /// <summary>The ARN of a new rule for the paths of a pattern.</summary>
    public async Task<string> RuleAsync(
        string listener, int priority, string pattern, Action action, CancellationToken cancellationToken)
    {
        var request = new CreateRuleRequest
        {
            ListenerArn = listener,
            Priority = priority,
            Conditions = [new() { Field = "path-pattern", Values = [pattern] }],
            Actions = [action],
        };
        var made = await ReadAsync(ElasticLoadBalancingV2Contract.CreateRule, request, cancellationToken);
        return made.Rules![0].RuleArn!;
    }

    public Task DeleteRuleAsync(string rule, CancellationToken cancellationToken) =>
        _client.CallAsync(ElasticLoadBalancingV2Contract.DeleteRule, new() { RuleArn = rule }, cancellationToken);

    public static Action Forward(params (string Group, int Weight)[] groups) => new()
    {
        Type = "forward",
        ForwardConfig = new()
        {
            TargetGroups = [.. groups.Select(group => new TargetGroupTuple { TargetGroupArn = group.Group, Weight = group.Weight })],
        },
    };

    /// <summary>Answers with nothing but a status.</summary>
    public static Action Answer(int status) => new() { Type = "fixed-response", FixedResponseConfig = new() { StatusCode = $"{status}" } };

    public void Dispose() => _client.Dispose();

    private static IReadOnlyList<TargetDescription> Targets(IEnumerable<string> addresses) =>
        [.. addresses.Select(address => new TargetDescription { Id = address })];

    private async Task<TResponse> ReadAsync<TRequest, TResponse>(
        AwsApi.OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, AwsApi.Shapes.IShape<TRequest>
        where TResponse : class, AwsApi.Shapes.IShape<TResponse> =>
        operation.ReadResponse(await _client.CallAsync(operation, request, cancellationToken));
}

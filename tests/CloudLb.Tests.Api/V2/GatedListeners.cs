using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;
using CloudLb.Tests.Api.Certificates;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Tests.Api.V2;

/// <summary>Listeners for actions that ask something of requests before they go on.</summary>
internal sealed class GatedListeners(SecureServer server)
{
    private static readonly TestCertificate Certificate = TestCertificate.SelfSigned();
    private static int _named;

    /// <summary>The ARN of a new listener, and the action that it has.</summary>
    public async Task<(string Arn, Action Forward)> CreateAsync(string protocol)
    {
        var name = $"gated-{Interlocked.Increment(ref _named)}";
        var loadBalancer = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateLoadBalancer,
            new() { Name = name, Subnets = ["subnet-00000000", "subnet-00000001"] })).LoadBalancers![0];
        var group = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateTargetGroup,
            new() { Name = name, Protocol = "HTTP", Port = 8000, TargetType = "ip", VpcId = loadBalancer.VpcId }))
            .TargetGroups![0].TargetGroupArn!;
        var forward = new Action { Type = "forward", TargetGroupArn = group };
        var certificate = protocol == "HTTP" ? null : (await server.CallAsync(
            IamContract.Service, IamContract.UploadServerCertificate,
            new() { ServerCertificateName = name, CertificateBody = Certificate.Pem, PrivateKey = Certificate.KeyPem }))
            .ServerCertificateMetadata!.Arn;
        var listener = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateListener,
            new()
            {
                LoadBalancerArn = loadBalancer.LoadBalancerArn!,
                Protocol = protocol,
                Port = 443,
                Certificates = certificate is null ? null : [new() { CertificateArn = certificate }],
                DefaultActions = [forward],
            })).Listeners![0];
        return (listener.ListenerArn!, forward);
    }

    /// <summary>A new rule of its.</summary>
    public Task<CreateRuleResponse> CreateRuleAsync(string listener, IReadOnlyList<Action> actions) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateRule,
        new()
        {
            ListenerArn = listener,
            Priority = Interlocked.Increment(ref _named),
            Conditions = [new() { Field = "path-pattern", Values = ["/a"] }],
            Actions = actions,
        });

    /// <summary>The listener with other actions.</summary>
    public async Task<Listener> ModifyAsync(string listener, IReadOnlyList<Action> actions) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListener,
        new() { ListenerArn = listener, DefaultActions = actions })).Listeners![0];
}

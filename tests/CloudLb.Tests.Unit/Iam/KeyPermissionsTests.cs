using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core.Accounts;
using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Permissions;
using CloudLb.Tests.Unit.AwsApi;
using AccessKey = CloudLb.Core.Accounts.AccessKey;

namespace CloudLb.Tests.Unit.Iam;

/// <summary>What keys of each permission are let do, by table, and through a real Kestrel.</summary>
public sealed class KeyPermissionsTests : IAsyncLifetime
{
    private const string Version = "2012-06-01";
    private const string Group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
    private readonly DemoServer _server = new([], configure: services => services.AddAccessKeys(Keys));

    private static AccessKey[] Keys =>
    [
        Key("AKIDFULL", Permission.Full),
        Key("AKIDREAD", Permission.ReadOnly),
        Key("AKIDMEMBER", new Permission.RegisterSelf(["web"], ["i-0a1b2c3d", "10.0.0.5"])),
        Key("AKIDANYMEMBER", new Permission.RegisterSelf(["web"], [])),
        Key("AKIDHERE", new Permission.RegisterSelf(["web"], ["10.0.0.5"], "us-east-1", [Group])),
        Key("AKIDTARGET", new Permission.RegisterSelf([], ["10.0.0.5"], "us-east-1", [Group])),
        Key("AKIDELSEWHERE", new Permission.RegisterSelf(["web"], ["10.0.0.5"], "eu-west-1")),
    ];

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("AKIDFULL", "Echo", "", true)]
    [InlineData("AKIDREAD", "Echo", "", false)]
    [InlineData("AKIDREAD", "DescribeInstanceHealth", "LoadBalancerName=other", true)]
    [InlineData("AKIDREAD", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDMEMBER", "Echo", "LoadBalancerName=web", false)]
    [InlineData("AKIDMEMBER", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", true)]
    [InlineData("AKIDMEMBER", "DeregisterInstancesFromLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=i-0a1b2c3d", true)]
    [InlineData("AKIDMEMBER", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=WEB&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDMEMBER", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=other&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData(
        "AKIDMEMBER", "RegisterInstancesWithLoadBalancer",
        "LoadBalancerName=other&LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDMEMBER", "RegisterInstancesWithLoadBalancer", "Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData(
        "AKIDMEMBER", "RegisterInstancesWithLoadBalancer",
        "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5&Instances.member.2.InstanceId=10.0.0.6", false)]
    [InlineData("AKIDMEMBER", "DescribeInstanceHealth", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", true)]
    [InlineData("AKIDMEMBER", "DescribeInstanceHealth", "LoadBalancerName=web", false)]
    [InlineData("AKIDANYMEMBER", "DescribeInstanceHealth", "LoadBalancerName=web", true)]
    [InlineData("AKIDANYMEMBER", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.6", true)]
    [InlineData("AKIDHERE", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", true)]
    [InlineData("AKIDELSEWHERE", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDELSEWHERE", "DescribeInstanceHealth", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDTARGET", "RegisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5", true)]
    [InlineData("AKIDTARGET", "RegisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5&Targets.member.1.Port=8080", true)]
    [InlineData("AKIDTARGET", "DeregisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5", true)]
    [InlineData("AKIDTARGET", "DescribeTargetHealth", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5", true)]
    [InlineData("AKIDTARGET", "DescribeTargetHealth", $"TargetGroupArn={Group}", false)]
    [InlineData("AKIDTARGET", "RegisterTargets", $"TargetGroupArn={Group}0&Targets.member.1.Id=10.0.0.5", false)]
    [InlineData("AKIDTARGET", "RegisterTargets", "TargetGroupArn=web&Targets.member.1.Id=10.0.0.5", false)]
    [InlineData("AKIDTARGET", "RegisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.6", false)]
    [InlineData(
        "AKIDTARGET", "DeregisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5&Targets.member.2.Id=10.0.0.6", false)]
    [InlineData("AKIDTARGET", "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web&Instances.member.1.InstanceId=10.0.0.5", false)]
    [InlineData("AKIDMEMBER", "RegisterTargets", $"TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5", false)]
    public void A_key_is_let_do_what_its_permission_says(string keyId, string action, string parameters, bool isAllowed) =>
        Assert.Equal(isAllowed ? null : "AccessDenied", Refuse(keyId, action, parameters)?.Code);

    [Fact]
    public void A_member_may_do_three_things_of_all_that_each_API_has_and_ask_who_it_is()
    {
        const string Own = "LoadBalancerName=web&LoadBalancerNames.member.1=web&Instances.member.1.InstanceId=10.0.0.5" +
            "&InstanceId.1=10.0.0.5&UserName=AKIDHERE" + $"&TargetGroupArn={Group}&Targets.member.1.Id=10.0.0.5&Names.member.1=web";
        ServiceContract[] services =
        [
            ElasticLoadBalancingContract.Service, ElasticLoadBalancingV2Contract.Service, IamContract.Service, StsContract.Service,
            Ec2Contract.Service,
        ];
        var allowed = services
            .SelectMany(service => service.Operations.Select(operation => (service, operation.Name)))
            .Where(one => Refuse("AKIDHERE", one.Name, Own, one.service) is null)
            .Select(one => one.Name);

        Assert.Equal(
            [
                "DeregisterInstancesFromLoadBalancer", "DescribeInstanceHealth", "RegisterInstancesWithLoadBalancer",
                "DeregisterTargets", "DescribeTargetHealth", "RegisterTargets", "GetCallerIdentity",
            ],
            allowed);
    }

    [Theory]
    [InlineData(
        "RegisterInstancesWithLoadBalancer", "LoadBalancerName=web",
        " on resource: arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/web")]
    [InlineData(
        "Echo", "LoadBalancerNames.member.1=a&LoadBalancerNames.member.2=b",
        " on resource: arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/a")]
    [InlineData("Echo", "", "")]
    public void A_denial_is_told_in_AWS_s_words(string action, string parameters, string resource) => Assert.Equal(
        new WireError(
            "AccessDenied", 403,
            $"User: arn:aws:iam::123456789012:user/AKIDREAD is not authorized to perform: elasticloadbalancing:{action}{resource} " +
            $"because no identity-based policy allows the elasticloadbalancing:{action} action"),
        Refuse("AKIDREAD", action, parameters));

    [Fact]
    public void EC2_tells_a_denial_with_a_code_of_its_own()
    {
        var denial = Refuse("AKIDMEMBER", "DescribeInstances", "", Echo.Service with { SigningName = "ec2" });

        Assert.Equal("UnauthorizedOperation", denial?.Code);
        Assert.StartsWith(
            "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/AKIDMEMBER", denial?.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_not_allowed_is_refused_and_has_no_effect()
    {
        var request = _server.Post($"Action=Echo&Version={Version}&Text=hello");
        await _server.SignerFor("AKIDREAD", "secret").SignAsync(request, TestContext.Current.CancellationToken);
        var answer = await _server.SendAsync(request);

        Assert.Equal((403, "AccessDenied"), (answer.Status, answer.Code));
        Assert.DoesNotContain("hello", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIDFULL", "arn:aws:iam::123456789012:root")]
    [InlineData("AKIDREAD", "arn:aws:iam::123456789012:user/AKIDREAD")]
    [InlineData("AKIDMEMBER", "arn:aws:iam::123456789012:user/AKIDMEMBER")]
    public async Task Every_key_may_ask_who_it_is(string keyId, string arn)
    {
        var request = _server.Post("Action=GetCallerIdentity&Version=2011-06-15");
        await new SigV4Signer(keyId, "secret", "us-east-1", "sts", _server.Clock).SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains($"<Arn>{arn}</Arn>", (await _server.SendAsync(request)).Body, StringComparison.Ordinal);
    }

    private static AccessKey Key(string id, Permission permission) =>
        new() { AccessKeyId = id, SecretAccessKey = "secret", Account = new("123456789012"), Permission = permission };

    private static WireError? Refuse(string keyId, string action, string parameters, ServiceContract? service = null)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        ParameterParser.Parse(Encoding.UTF8.GetBytes(parameters), pairs);
        var caller = new Caller
        {
            AccessKeyId = keyId, Account = "123456789012", Arn = $"arn:aws:iam::123456789012:user/{keyId}", UserId = keyId,
            Region = "us-east-1",
        };
        return new KeyPermissions(new AccessKeyTable(Keys)).Refuse(
            caller, service ?? Echo.Service, action, new CallParameters(ParameterNode.Root(pairs)));
    }
}

using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Names;

/// <summary>An application or network load balancer with one group and one target, asked for by its name.</summary>
internal sealed class NamedApplication
{
    private readonly ElbApi _api;
    private readonly string _protocol;
    private string _arn = "";
    private CancellationToken _token;

    private NamedApplication(ElbApi api, string protocol) => (_api, _protocol) = (api, protocol);

    public string DnsName { get; private set; } = "";

    /// <summary>Its target group's ARN.</summary>
    public string Group { get; private set; } = "";

    /// <param name="api">Whose it is.</param>
    /// <param name="name">Its own and its group's.</param>
    /// <param name="port">Of its listener; 0: none yet.</param>
    /// <param name="target">Of its group.</param>
    /// <param name="cancellationToken">Of all calls.</param>
    /// <param name="isNetwork">Which type it is.</param>
    /// <param name="isRegistered">Whether the target is registered; it says the port of the group at any rate.</param>
    public static async Task<NamedApplication> CreateAsync(
        ElbApi api, string name, int port, Backend target, CancellationToken cancellationToken, bool isNetwork = false,
        bool isRegistered = true)
    {
        var made = new NamedApplication(api, isNetwork ? "TCP" : "HTTP") { _token = cancellationToken };
        var created = await made.CallAsync(
            $"Action=CreateLoadBalancer&Name={name}&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001" +
            $"&Type={(isNetwork ? "network" : "application")}");
        (made._arn, made.DnsName) = (created.Value("LoadBalancerArn")!, created.Value("DNSName")!);
        made.Group = (await made.CallAsync(
            $"Action=CreateTargetGroup&Name={name}&Protocol={made._protocol}&Port={target.Port}&TargetType=ip" +
            $"&VpcId={created.Value("VpcId")}&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2")).Value("TargetGroupArn")!;
        if (isRegistered)
        {
            await made.CallAsync($"Action=RegisterTargets&TargetGroupArn={made.Group}&Targets.member.1.Id={target.Address}");
        }

        if (port != 0)
        {
            Assert.Equal(200, (await made.ListenAsync(port)).Status);
        }

        return made;
    }

    public Task<ElbApi.Answer> ListenAsync(int port) => SendAsync(
        $"Action=CreateListener&LoadBalancerArn={_arn}&Protocol={_protocol}&Port={port}" +
        $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={Group}");

    /// <param name="port">Of an HTTPS listener.</param>
    /// <param name="certificate">Its ARN.</param>
    public Task<ElbApi.Answer> ListenSecurelyAsync(int port, string certificate) => SendAsync(
        $"Action=CreateListener&LoadBalancerArn={_arn}&Protocol=HTTPS&Port={port}&Certificates.member.1.CertificateArn={certificate}" +
        $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={Group}");

    /// <summary>Claims host names.</summary>
    public Task<ElbApi.Answer> TagAsync(string hosts) => SendAsync(
        $"Action=AddTags&ResourceArns.member.1={_arn}&Tags.member.1.Key=cloudlb:hostnames&Tags.member.1.Value={hosts}");

    /// <summary>The ids of its group's targets, those that drain too.</summary>
    public async Task<string> TargetsAsync() =>
        string.Join(' ', (await CallAsync($"Action=DescribeTargetHealth&TargetGroupArn={Group}")).Values("Id"));

    public Task<ElbApi.Answer> SendAsync(string form) => _api.SendAsync($"{form}&Version=2015-12-01", _token);

    public async Task<ElbApi.Answer> CallAsync(string form)
    {
        var answer = await SendAsync(form);
        Assert.True(answer.Status == 200, $"{form}: {answer.Body}");
        return answer;
    }
}

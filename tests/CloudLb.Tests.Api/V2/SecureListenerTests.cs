using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;
using CloudLb.Tests.Api.Certificates;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Tests.Api.V2;

/// <summary>Secure listeners with their certificates and policies, as a client sees them.</summary>
public sealed class SecureListenerTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly TestCertificate Certificate = TestCertificate.SelfSigned();
    private static int _named;

    [Theory]
    [InlineData("application", "HTTPS", "HTTP")]
    [InlineData("network", "TLS", "TLS")]
    [InlineData("network", "TLS", "TCP")]
    public async Task A_secure_listener_shows_its_default_certificate_and_the_policy_that_AWS_takes(
        string type, string protocol, string groups)
    {
        var (loadBalancer, group, certificate) = (await LoadBalancerAsync(type), await GroupAsync(groups), await UploadAsync());
        var listener = await CreateAsync(loadBalancer, group, protocol, certificate);

        Assert.Equal(("ELBSecurityPolicy-2016-08", protocol), (listener.SslPolicy, listener.Protocol));
        Assert.Equal([new Certificate { CertificateArn = certificate }], listener.Certificates!);
        Assert.Equal(protocol == "HTTPS" ? "off" : null, listener.MutualAuthentication?.Mode);
        Assert.Equal(listener.ListenerArn, (await CreateAsync(loadBalancer, group, protocol, certificate)).ListenerArn);
        Assert.Equal(
            "DuplicateListener",
            (await Assert.ThrowsAsync<ServiceRefusal>(async () =>
                await CreateAsync(loadBalancer, group, protocol, await UploadAsync()))).Error.Code);
        Assert.Equal([certificate + " True"], await CertificatesAsync(listener));
    }

    [Fact]
    public async Task Certificates_are_added_to_the_list_and_taken_out_of_it_and_none_is_deleted_while_it_is_used()
    {
        var (loadBalancer, group) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP"));
        var (first, second, third) = (await UploadAsync(), await UploadAsync(), await UploadAsync());
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", first);

        var added = await AddAsync(listener, second);
        await AddAsync(listener, second);
        await AddAsync(listener, third);
        await AddAsync(listener, first);

        Assert.Equal([new Certificate { CertificateArn = second, IsDefault = false }], added.Certificates!);
        Assert.Equal([first + " True", second + " False", third + " False", first + " False"], await CertificatesAsync(listener));
        var inUse = await Assert.ThrowsAsync<ServiceRefusal>(() => DeleteAsync(second));
        Assert.Equal("DeleteConflict", inUse.Error.Code);

        await RemoveAsync(listener, first);
        await RemoveAsync(listener, second);
        await RemoveAsync(listener, second);
        Assert.Equal([first + " True", third + " False"], await CertificatesAsync(listener));
        var refused = await Assert.ThrowsAsync<ServiceRefusal>(() => RemoveAsync(listener, first));
        Assert.Equal(("OperationNotPermitted", "Default certificate cannot be removed"), (refused.Error.Code, refused.Text));
        await DeleteAsync(second);
        Assert.Equal("CertificateNotFound", (await Assert.ThrowsAsync<ServiceRefusal>(() => AddAsync(listener, second))).Error.Code);
    }

    [Fact]
    public async Task A_load_balancer_has_25_certificates_beside_the_default_ones()
    {
        var (loadBalancer, group, certificate) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP"), await UploadAsync());
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", certificate);
        var other = await CreateAsync(loadBalancer, group, "HTTPS", certificate, port: 444);
        for (var number = 0; number < 25; number++)
        {
            await AddAsync(number % 2 == 0 ? listener : other, await UploadAsync());
        }

        var refused = await Assert.ThrowsAsync<ServiceRefusal>(async () => await AddAsync(other, await UploadAsync()));

        Assert.Equal((400, "TooManyCertificates"), refused.Error);
    }

    [Fact]
    public async Task Another_accounts_certificate_is_not_there()
    {
        var (loadBalancer, group) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP"));
        var (own, foreign) = (await UploadAsync(), await UploadAsync("AKIDOTHER"));
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", own);

        foreach (var call in new Func<Task>[]
        {
            () => CreateAsync(loadBalancer, group, "HTTPS", foreign, port: 444),
            () => AddAsync(listener, foreign),
            () => ModifyAsync(listener, new() { ListenerArn = "", Certificates = [new() { CertificateArn = foreign }] }),
        })
        {
            var refused = await Assert.ThrowsAsync<ServiceRefusal>(call);
            Assert.Equal(("CertificateNotFound", $"Certificate '{foreign}' not found"), (refused.Error.Code, refused.Text));
        }
    }

    [Fact]
    public async Task What_is_given_is_modified_and_a_listener_that_is_not_secure_any_more_has_nothing_of_it()
    {
        var (loadBalancer, group) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP"));
        var (first, second) = (await UploadAsync(), await UploadAsync());
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", first);
        await AddAsync(listener, second);

        var policy = await ModifyAsync(listener, new() { ListenerArn = "", SslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06" });
        Assert.Equal((first, "ELBSecurityPolicy-TLS13-1-3-2021-06"), (policy.Certificates![0].CertificateArn, policy.SslPolicy));
        var certificate = await ModifyAsync(listener, new() { ListenerArn = "", Certificates = [new() { CertificateArn = second }] });
        Assert.Equal((second, policy.SslPolicy), (certificate.Certificates![0].CertificateArn, certificate.SslPolicy));
        Assert.Equal([second + " True", second + " False"], await CertificatesAsync(listener));

        var plain = await ModifyAsync(listener, new() { ListenerArn = "", Protocol = "HTTP" });
        Assert.Equal((null, null, null), (plain.Certificates, plain.SslPolicy, plain.MutualAuthentication));
        Assert.Empty(await CertificatesAsync(listener));
        await DeleteAsync(first);
        Assert.Equal(
            "A certificate must be specified for HTTPS listeners",
            (await Assert.ThrowsAsync<ServiceRefusal>(() => ModifyAsync(listener, new() { ListenerArn = "", Protocol = "HTTPS" }))).Text);
        Assert.Equal(
            "A certificate cannot be specified for HTTP listeners",
            (await Assert.ThrowsAsync<ServiceRefusal>(() => AddAsync(listener, second))).Text);
    }

    [Fact]
    public async Task Requests_over_TLS_are_never_redirected_to_HTTP()
    {
        var (loadBalancer, group) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP"));
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", await UploadAsync());
        Action redirect = new() { Type = "redirect", RedirectConfig = new() { StatusCode = "HTTP_301", Protocol = "HTTP", Port = "80" } };

        foreach (var call in new Func<Task>[]
        {
            () => ModifyAsync(listener, new() { ListenerArn = "", DefaultActions = [redirect] }),
            () => server.CallAsync(
                ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateRule,
                new()
                {
                    ListenerArn = listener.ListenerArn!,
                    Priority = 1,
                    Conditions = [new() { Field = "path-pattern", Values = ["/a"] }],
                    Actions = [redirect],
                }),
        })
        {
            Assert.Equal("You cannot redirect HTTPS to HTTP.", (await Assert.ThrowsAsync<ServiceRefusal>(call)).Text);
        }
    }

    [Fact]
    public async Task Protocols_are_offered_by_ALPN_where_targets_are_not_asked_for_one()
    {
        var (loadBalancer, certificate) = (await LoadBalancerAsync("network"), await UploadAsync());
        var (plain, secure) = (await GroupAsync("TCP"), await GroupAsync("TLS"));
        var listener = await CreateAsync(loadBalancer, plain, "TLS", certificate, alpn: "HTTP2Preferred");

        Assert.Equal(["HTTP2Preferred"], listener.AlpnPolicy!);
        Assert.Equal(
            "The value 'HTTP2Only' of 'AlpnPolicy' is not supported",
            (await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync(
                loadBalancer, secure, "TLS", certificate, port: 444, alpn: "HTTP2Only"))).Text);
        Assert.Equal(["None"], (await CreateAsync(loadBalancer, secure, "TLS", certificate, port: 444, alpn: "None")).AlpnPolicy!);
        Assert.Equal(
            "IncompatibleProtocols",
            (await Assert.ThrowsAsync<ServiceRefusal>(() => ModifyAsync(
                listener, new() { ListenerArn = "", Protocol = "TCP", DefaultActions = [Forward(secure)] }))).Error.Code);
    }

    [Theory]
    [InlineData("HTTP2", "/", null, "200")]
    [InlineData("GRPC", "/AWS.ALB/healthcheck", "12", null)]
    public async Task Groups_that_speak_HTTP_2_are_for_HTTPS_listeners(string version, string path, string? grpc, string? http)
    {
        var (loadBalancer, group) = (await LoadBalancerAsync("application"), await GroupAsync("HTTP", version));
        var described = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeTargetGroups,
            new() { TargetGroupArns = [group] })).TargetGroups![0];
        Assert.Equal(
            (version, path, grpc, http),
            (described.ProtocolVersion, described.HealthCheckPath, described.Matcher!.GrpcCode, described.Matcher.HttpCode));
        var listener = await CreateAsync(loadBalancer, group, "HTTPS", await UploadAsync());

        var refused = await Assert.ThrowsAsync<ServiceRefusal>(() => ModifyAsync(listener, new() { ListenerArn = "", Protocol = "HTTP" }));

        Assert.Equal(
            ("InvalidConfigurationRequest",
                $"Listener protocol 'HTTP' is not supported with a target group with the protocol-version '{version}'"),
            (refused.Error.Code, refused.Text));
    }

    [Theory]
    [InlineData("X-My-Version", null)]
    [InlineData("", "contains invalid characters")]
    [InlineData("a b", "contains invalid characters")]
    [InlineData("x\r\ny", "contains invalid characters")]
    [InlineData("transfer-encoding", "cannot be 'transfer-encoding'")]
    public async Task The_headers_of_TLS_can_have_other_names_but_none_by_which_messages_are_read(string name, string? fault)
    {
        const string Key = "routing.http.request.x_amzn_tls_version.header_name";
        var listener = await CreateAsync(
            await LoadBalancerAsync("application"), await GroupAsync("HTTP"), "HTTPS", await UploadAsync());

        var change = () => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListenerAttributes,
            new() { ListenerArn = listener.ListenerArn!, Attributes = [new() { Key = Key, Value = name }] });

        if (fault is null)
        {
            Assert.Equal(name, (await change()).Attributes!.Single(attribute => attribute.Key == Key).Value);
        }
        else
        {
            Assert.Equal($"The value of '{Key}' {fault}", (await Assert.ThrowsAsync<ServiceRefusal>(change)).Text);
        }
    }

    private static string NewName(string kind) => $"{kind}-{Interlocked.Increment(ref _named)}";

    private static Action Forward(string group) => new() { Type = "forward", TargetGroupArn = group };

    private async Task<string> UploadAsync(string key = "AKIDEXAMPLE") => (await server.CallAsync(
        IamContract.Service, IamContract.UploadServerCertificate,
        new() { ServerCertificateName = NewName("crt"), CertificateBody = Certificate.Pem, PrivateKey = Certificate.KeyPem },
        key)).ServerCertificateMetadata!.Arn;

    private Task DeleteAsync(string arn) => server.CallAsync(
        IamContract.Service, IamContract.DeleteServerCertificate, new() { ServerCertificateName = arn[(arn.LastIndexOf('/') + 1)..] });

    private async Task<string> LoadBalancerAsync(string type) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateLoadBalancer,
        new() { Name = NewName("lb"), Type = type, Subnets = ["subnet-00000000", "subnet-00000001"] }))
        .LoadBalancers![0].LoadBalancerArn!;

    private async Task<string> GroupAsync(string protocol, string? version = null)
    {
        var vpc = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeLoadBalancers, new())).LoadBalancers![0].VpcId;
        return (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateTargetGroup,
            new() { Name = NewName("tg"), Protocol = protocol, ProtocolVersion = version, Port = 8000, TargetType = "ip", VpcId = vpc }))
            .TargetGroups![0].TargetGroupArn!;
    }

    private async Task<Listener> CreateAsync(
        string loadBalancer, string group, string protocol, string certificate, int port = 443, string? alpn = null) =>
        (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateListener,
            new()
            {
                LoadBalancerArn = loadBalancer,
                Protocol = protocol,
                Port = port,
                Certificates = [new() { CertificateArn = certificate }],
                AlpnPolicy = alpn is null ? null : [alpn],
                DefaultActions = [Forward(group)],
            })).Listeners![0];

    private async Task<Listener> ModifyAsync(Listener listener, ModifyListenerRequest request) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListener,
        request with { ListenerArn = listener.ListenerArn! })).Listeners![0];

    private Task<AddListenerCertificatesResponse> AddAsync(Listener listener, string certificate) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.AddListenerCertificates,
        new() { ListenerArn = listener.ListenerArn!, Certificates = [new() { CertificateArn = certificate }] });

    private Task RemoveAsync(Listener listener, string certificate) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.RemoveListenerCertificates,
        new() { ListenerArn = listener.ListenerArn!, Certificates = [new() { CertificateArn = certificate }] });

    private async Task<IEnumerable<string>> CertificatesAsync(Listener listener) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeListenerCertificates,
        new() { ListenerArn = listener.ListenerArn! })).Certificates!.Select(each => $"{each.CertificateArn} {each.IsDefault}");
}

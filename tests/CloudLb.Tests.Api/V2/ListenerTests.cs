using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Listeners with a forward as a client sees them.</summary>
public sealed class ListenerTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task A_forward_to_one_group_comes_back_in_both_shapes()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var arn = await _resources.ListenerAsync(loadBalancer, group);
        var listener = (await server.SendV2Async($"Action=DescribeListeners&ListenerArns.member.1={arn}")).Descendants("member").First();

        Assert.Matches(
            $"^{loadBalancer.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/[0-9a-f]{{16}}$", arn);
        Assert.Equal(
            (loadBalancer, "80", "HTTP", group, group, "1", "false"),
            (listener.Element("LoadBalancerArn")!.Value, listener.Element("Port")!.Value, listener.Element("Protocol")!.Value,
                listener.Element("DefaultActions")!.Element("member")!.Element("TargetGroupArn")!.Value,
                listener.Descendants("TargetGroups").Single().Descendants("TargetGroupArn").Single().Value,
                listener.Descendants("Weight").Single().Value, listener.Descendants("Enabled").Single().Value));
        Assert.Empty(listener.Elements("SslPolicy").Concat(listener.Elements("Certificates")));
    }

    [Fact]
    public async Task Made_again_with_the_same_settings_it_is_the_one_there_is_and_with_others_it_is_refused()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var arn = await _resources.ListenerAsync(loadBalancer, group);

        Assert.Equal(arn, await _resources.ListenerAsync(loadBalancer, group));
        Assert.Equal(
            (400, "DuplicateListener", $"A listener already exists on this port for this load balancer '{loadBalancer}'"),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTP&Port=80" +
                Forward(await _resources.TargetGroupAsync())));
    }

    [Theory]
    [InlineData("application", "&Protocol=TCP&Port=81", "ValidationError", "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'")]
    [InlineData("network", "&Protocol=HTTP&Port=81", "ValidationError",
        "Listener protocol 'HTTP' must be one of 'TCP, QUIC, TCP_QUIC, UDP, TCP_UDP, TLS'")]
    [InlineData("network", "&Protocol=QUIC&Port=81", "UnsupportedProtocol", "The specified listener protocol 'QUIC' is not supported")]
    [InlineData("application", "&Protocol=HTTPS&Port=81", "ValidationError", "A certificate must be specified for HTTPS listeners")]
    [InlineData("network", "&Protocol=TLS&Port=81", "ValidationError", "A certificate must be specified for TLS listeners")]
    [InlineData("application", "&Protocol=HTTPS&Port=81&SslPolicy=x", "SSLPolicyNotFound", "SSL policy 'x' not found")]
    [InlineData("application", "&Protocol=HTTPS&Port=81&Certificates.member.1.CertificateArn=x", "ValidationError",
        "Certificate ARN 'x' is not valid")]
    [InlineData("application", "&Protocol=HTTPS&Port=81&Certificates.member.1.CertificateArn=x&Certificates.member.2.CertificateArn=y",
        "ValidationError", "Up to '1' certificate ARNs can be specified, but '2' were specified")]
    [InlineData("application", "&Protocol=HTTPS&Port=81&AlpnPolicy.member.1=HTTP1Only", "ValidationError",
        "You cannot set ALPN policy on load balancers of type 'application'")]
    [InlineData("network", "&Protocol=TLS&Port=81&AlpnPolicy.member.1=HTTP3", "ALPNPolicyNotFound", "ALPN policy [HTTP3] is not found")]
    [InlineData("network", "&Protocol=TLS&Port=81&AlpnPolicy.member.1=None&AlpnPolicy.member.2=None", "ValidationError",
        "Up to '1' ALPN policy can be specified, but '2' were specified")]
    [InlineData("application", "&Protocol=HTTPS&Port=81&MutualAuthentication.Mode=verify", "ValidationError",
        "Mutual Authentication mode verify requires a trust store arn")]
    [InlineData("application", "&Protocol=HTTP", "ValidationError", "A listener port must be specified")]
    [InlineData("application", "&Protocol=HTTP&Port=81&Certificates.member.1.CertificateArn=x", "ValidationError",
        "A certificate cannot be specified for HTTP listeners")]
    [InlineData("application", "&Protocol=HTTP&Port=81&SslPolicy=x", "ValidationError",
        "An SSL policy cannot be specifed for HTTP listeners")]
    [InlineData("application", "&Protocol=HTTP&Port=81&AlpnPolicy.member.1=HTTP1Only", "ValidationError",
        "You cannot set ALPN policy on load balancers of type 'application'")]
    [InlineData("application", "&Protocol=HTTP&Port=81&MutualAuthentication.Mode=verify", "ValidationError",
        "Mutual Authentication cannot be set for non secure listeners")]
    public async Task A_listener_that_the_type_cannot_have_or_CloudLb_does_not_carry_is_refused(
        string type, string form, string code, string message)
    {
        var group = await _resources.TargetGroupAsync(type == "network" ? "TCP" : "HTTP");
        Assert.Equal(
            (400, code, message),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={await _resources.LoadBalancerAsync(type)}{form}{Forward(group)}"));
    }

    [Theory]
    [InlineData("Type=fixed-response", "ValidationError",
        "For actions of type 'fixed-response', you must specify the following fields: 'FixedResponseConfig'")]
    [InlineData("Type=fixed-response&A.FixedResponseConfig.StatusCode=200&A.FixedResponseConfig.ContentType=x", "ValidationError",
        "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain'.")]
    [InlineData("Type=redirect&A.RedirectConfig.StatusCode=HTTP_301", "ValidationError",
        "The redirect configuration is not valid because it creates a loop.")]
    [InlineData("Type=redirect&A.RedirectConfig.StatusCode=HTTP_301&A.RedirectConfig.Port=0", "ValidationError",
        "The Port parameter must be either an integer between 1 and 65535 or '#{port}'.")]
    [InlineData("Type=redirect&A.RedirectConfig.StatusCode=HTTP_301&A.RedirectConfig.Path=/%0D%0Ax", "ValidationError",
        "The Path parameter must be a valid path, should start with a '/', and may contain up to one of each of these placeholders: " +
        "'#{path}', '#{host}', '#{port}'.")]
    [InlineData("Type=redirect&A.RedirectConfig.StatusCode=301", "ValidationError",
        "1 validation error detected: Value '301' at 'defaultActions.1.member.redirectConfig.statusCode' failed to satisfy constraint: " +
        "Member must satisfy enum value set: [HTTP_301, HTTP_302]")]
    [InlineData("Type=authenticate-cognito", "ValidationError",
        "Action type 'authenticate-cognito' must be one of 'redirect,fixed-response,forward,authenticate-oidc,jwt-validation'")]
    [InlineData("Type=forward&A.TargetGroupArn=x", "ValidationError", "'x' is not a valid target group ARN")]
    [InlineData(
        "Type=forward&A.TargetGroupArn=arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/0123456789abcdef",
        "TargetGroupNotFound",
        "Target groups 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/0123456789abcdef' not found")]
    [InlineData("Type=forward&A.TargetGroupArn=GROUP&A.ForwardConfig.TargetGroups.member.1.TargetGroupArn=x", "ValidationError",
        "You can specify both a target group list and a top-level target group ARN only if the ARNs match")]
    [InlineData(
        "Type=forward&A.ForwardConfig.TargetGroups.member.1.TargetGroupArn=GROUP&A.ForwardConfig.TargetGroups.member.1.Weight=0",
        "ValidationError", "The weight for the target group must be between 1 and 999, inclusive")]
    [InlineData("Type=forward&A.TargetGroupArn=GROUP&A.ForwardConfig.TargetGroupStickinessConfig.Enabled=true", "ValidationError",
        "You must provide a duration when enabling target group stickiness")]
    public async Task An_action_that_AWS_refuses_or_CloudLb_does_not_carry_is_refused(string action, string code, string message)
    {
        var form = $"DefaultActions.member.1.{action}".Replace("&A.", "&DefaultActions.member.1.", StringComparison.Ordinal)
            .Replace("GROUP", await _resources.TargetGroupAsync(), StringComparison.Ordinal);
        Assert.Equal(
            (400, code, message),
            await server.RefusalV2Async(
                $"Action=CreateListener&LoadBalancerArn={await _resources.LoadBalancerAsync()}&Protocol=HTTP&Port=80&{form}"));
    }

    [Fact]
    public async Task A_forward_that_clients_stay_with_is_shown_as_it_was_given()
    {
        const string Config = "&DefaultActions.member.1.ForwardConfig.TargetGroup";
        var (one, two) = (await _resources.TargetGroupAsync(), await _resources.TargetGroupAsync());
        var answer = await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={await _resources.LoadBalancerAsync()}&Protocol=HTTP&Port=80" +
            $"&DefaultActions.member.1.Type=forward{Config}s.member.1.TargetGroupArn={one}{Config}s.member.1.Weight=1" +
            $"{Config}s.member.2.TargetGroupArn={two}{Config}s.member.2.Weight=0" +
            $"{Config}StickinessConfig.Enabled=true{Config}StickinessConfig.DurationSeconds=604800");

        var shown = answer.Descendants("TargetGroupStickinessConfig").Single();
        Assert.Equal(("true", "604800"), (shown.Element("Enabled")!.Value, shown.Element("DurationSeconds")!.Value));
    }

    [Fact]
    public async Task A_group_goes_with_one_load_balancer_and_with_its_protocol()
    {
        var (loadBalancer, other) = (await _resources.LoadBalancerAsync(), await _resources.LoadBalancerAsync());
        var (group, tcp) = (await _resources.TargetGroupAsync(), await _resources.TargetGroupAsync("TCP"));
        await _resources.ListenerAsync(loadBalancer, group);

        Assert.Equal(
            (400, "TargetGroupAssociationLimit",
                $"The following target groups cannot be associated with more than one load balancer: {group}"),
            await server.RefusalV2Async($"Action=CreateListener&LoadBalancerArn={other}&Protocol=HTTP&Port=80{Forward(group)}"));
        Assert.Equal(
            (400, "IncompatibleProtocols", $"The listener and the following target groups have incompatible protocols: {tcp}"),
            await server.RefusalV2Async($"Action=CreateListener&LoadBalancerArn={other}&Protocol=HTTP&Port=80{Forward(tcp)}"));
    }

    [Fact]
    public async Task Listeners_are_described_in_the_order_of_their_ports_moved_counted_and_deleted()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var first = await _resources.ListenerAsync(loadBalancer, group, 8080);
        await _resources.ListenerAsync(loadBalancer, group, 80);
        await _resources.ListenerAsync(loadBalancer, group, 443);

        Assert.Equal(
            (400, "TooManyListeners", $"The maximum number of listeners on load balancer '{loadBalancer}' has been reached"),
            await server.RefusalV2Async($"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTP&Port=81{Forward(group)}"));
        Assert.Equal(
            (400, "DuplicateListener", $"A listener already exists on this port for this load balancer '{loadBalancer}'"),
            await server.RefusalV2Async($"Action=ModifyListener&ListenerArn={first}&Port=443"));
        await server.SendV2Async($"Action=ModifyListener&ListenerArn={first}&Port=9090");
        var page = await server.SendV2Async($"Action=DescribeListeners&LoadBalancerArn={loadBalancer}&PageSize=2");
        var rest = await server.SendV2Async(
            $"Action=DescribeListeners&LoadBalancerArn={loadBalancer}&Marker={page.Descendants("NextMarker").Single().Value}");
        Assert.Equal(["80", "443", "9090"], page.Descendants("Port").Concat(rest.Descendants("Port")).Select(port => port.Value));

        await server.SendV2Async($"Action=DeleteListener&ListenerArn={first}");
        Assert.Equal(
            (400, "ListenerNotFound", "One or more listeners not found"),
            await server.RefusalV2Async($"Action=DeleteListener&ListenerArn={first}"));
        await server.SendV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={loadBalancer}");
        await server.SendV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}");
    }

    [Fact]
    public async Task A_TCP_listener_has_an_idle_timeout_of_its_own()
    {
        var arn = await _resources.ListenerAsync(
            await _resources.LoadBalancerAsync("network"), await _resources.TargetGroupAsync("TCP"), 25, "TCP");
        const string Change = "Action=ModifyListenerAttributes&Attributes.member.1.Key=tcp.idle_timeout.seconds";

        Assert.Equal(
            "350",
            (await server.SendV2Async($"Action=DescribeListenerAttributes&ListenerArn={arn}")).Descendants("Value").Single().Value);
        Assert.Equal(
            (400, "ValidationError", "'tcp.idle_timeout.seconds' value '30' must be between '60-6000' inclusive"),
            await server.RefusalV2Async($"{Change}&ListenerArn={arn}&Attributes.member.1.Value=30"));
        Assert.Equal(
            "60",
            (await server.SendV2Async($"{Change}&ListenerArn={arn}&Attributes.member.1.Value=60")).Descendants("Value").Single().Value);
    }

    [Theory]
    [InlineData("server.enabled", "no", "The value of 'K' must be 'true' or 'false', but was 'no'")]
    [InlineData("x_content_type_options.header_value", "sniff", "The value of 'K' must be from the following: [nosniff], but was 'sniff'")]
    [InlineData(
        "x_frame_options.header_value", "deny", "The value of 'K' must be from the following: [DENY, SAMEORIGIN], but was 'deny'")]
    [InlineData(
        "access_control_allow_credentials.header_value", "false", "The value of 'K' must be from the following: [true], but was 'false'")]
    [InlineData("content_security_policy.header_value", "a\r\nX: b", "The value of 'K' contains invalid characters")]
    [InlineData("content_security_policy.header_value", "ä", "The value of 'K' contains invalid characters")]
    [InlineData("access_control_max_age.header_value", "1025 letters", "The value of 'K' cannot be longer than '1024' characters")]
    public async Task A_value_that_no_answer_can_have_is_refused(string name, string value, string message)
    {
        var arn = await _resources.ListenerAsync(await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var key = $"routing.http.response.{name}";
        var sent = value == "1025 letters" ? new string('1', 1025) : value;

        Assert.Equal(
            (400, "ValidationError", message.Replace("'K'", $"'{key}'", StringComparison.Ordinal)),
            await server.RefusalV2Async(
                $"Action=ModifyListenerAttributes&ListenerArn={arn}&Attributes.member.1.Key={key}" +
                $"&Attributes.member.1.Value={Uri.EscapeDataString(sent)}"));
    }

    [Theory]
    [InlineData("content_security_policy", "default-src 'self'; img-src * (100%) `#|~^&{}[]<>=-+@!?\\/:,.")]
    [InlineData("strict_transport_security", "max-age=31536000; includeSubDomains")]
    public async Task Headers_of_answers_are_taken_and_told_and_an_empty_value_is_none(string name, string header)
    {
        var arn = await _resources.ListenerAsync(await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var key = $"routing.http.response.{name}.header_value";
        var change = $"Action=ModifyListenerAttributes&ListenerArn={arn}&Attributes.member.1.Key={key}&Attributes.member.1.Value=";

        foreach (var value in new[] { header, "" })
        {
            await server.SendV2Async(change + Uri.EscapeDataString(value));
            var told = (await server.SendV2Async($"Action=DescribeListenerAttributes&ListenerArn={arn}")).Descendants("member");
            Assert.Equal(value, told.Single(member => member.Element("Key")!.Value == key).Element("Value")!.Value);
        }
    }
}

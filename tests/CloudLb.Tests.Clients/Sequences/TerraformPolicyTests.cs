namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Terraform's resources of policies: made, set, changed and deleted.</summary>
public sealed class TerraformPolicyTests(SequenceServer server) : IClassFixture<SequenceServer>
{
    // Subject public keys in base64, as a PEM text has them between its first and its last line.
    private const string FirstKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDgtJn0KkcymVU1jIvIekI+mzIzmle2W0GlWEZJJ5TzN6dvBAYrtzGBHHPPjd6uljcIuijz5hNJ4tEe9I6TBjEw==";
    private const string SecondKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvTMsYxv4JL+9puLtMyLiFcOGXZiPF1z8V6Eh0kynZXhVp8KYH9iRQAvbfO97dDgSxSGu4ZaLggN5jr67iHF+zg==";

    private static readonly TerraformListener Web = new(80, "http", 8000, "http");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Policies_are_made_set_changed_and_deleted()
    {
        var sdk = server.Terraform(2);
        var elb = new TerraformElbResource(sdk, Token);
        var wanted = new TerraformElb
        {
            Name = "web",
            AvailabilityZones = ["us-east-1a"],
            Listeners = [Web, new(81, "http", 8000, "http"), new(25, "tcp", 25, "tcp"), new(587, "tcp", 587, "tcp")],
        };
        await elb.CreateAsync(wanted);
        var policies = new TerraformPolicyResources(sdk, "web", Token);

        sdk.Purpose = "aws_app_cookie_stickiness_policy";
        Assert.Equal("session", await policies.CreateAppCookieAsync("app", 80, "session"));
        await policies.DeleteListenerPolicyAsync("app", 80);
        Assert.Null(await policies.ReadStickinessAsync("app", 80, "CookieName"));
        Assert.Equal("other", await policies.CreateAppCookieAsync("app", 80, "other"));

        sdk.Purpose = "aws_lb_cookie_stickiness_policy";
        Assert.Equal("300", await policies.CreateLbCookieAsync("lb", 81, 300));
        await policies.DeleteListenerPolicyAsync("lb", 81);
        Assert.Equal("0", await policies.CreateLbCookieAsync("lb", 81, 0));

        sdk.Purpose = "aws_load_balancer_policy";
        Assert.Equal(
            "AppCookieStickinessPolicyType CookieName=c",
            await policies.CreatePolicyAsync("general", "AppCookieStickinessPolicyType", ("CookieName", "c")));
        Assert.Equal(
            "LBCookieStickinessPolicyType CookieExpirationPeriod=0",
            await policies.CreatePolicyAsync("computed", "LBCookieStickinessPolicyType"));
        Assert.StartsWith(
            "SSLNegotiationPolicyType ", await policies.CreatePolicyAsync("ssl", "SSLNegotiationPolicyType"), StringComparison.Ordinal);
        (string, string)[] custom = [("Protocol-TLSv1.1", "true"), ("DHE-RSA-AES256-SHA256", "true")];
        Assert.Equal(
            "SSLNegotiationPolicyType DHE-RSA-AES256-SHA256=true,Protocol-TLSv1.1=true",
            await policies.CreatePolicyAsync("custom", "SSLNegotiationPolicyType", custom));
        Assert.Equal(
            "SSLNegotiationPolicyType ECDHE-ECDSA-AES128-GCM-SHA256=true,Protocol-TLSv1.2=true",
            await policies.UpdatePolicyAsync(
                "custom", "SSLNegotiationPolicyType", ("Protocol-TLSv1.2", "true"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "true")));
        Assert.Equal(
            "SSLNegotiationPolicyType Reference-Security-Policy=ELBSecurityPolicy-TLS-1-2-2017-01",
            await policies.CreatePolicyAsync(
                "reference", "SSLNegotiationPolicyType", ("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")));

        sdk.Purpose = "aws_load_balancer_listener_policy";
        Assert.Equal("general", await policies.SetListenerPolicyAsync(80, "general"));
        Assert.Equal("", await policies.ReadListenerPolicyAsync(8443));
        sdk.Purpose = "a policy changes while it is assigned";
        Assert.Equal(
            "AppCookieStickinessPolicyType CookieName=d",
            await policies.UpdatePolicyAsync("general", "AppCookieStickinessPolicyType", ("CookieName", "d")));
        Assert.Equal("general", await policies.ReadListenerPolicyAsync(80));

        sdk.Purpose = "aws_proxy_protocol_policy";
        Assert.Equal("25", await policies.CreateProxyProtocolAsync(25));
        Assert.Equal("25,587", await policies.UpdateProxyProtocolAsync([], [587]));
        Assert.Equal("587", await policies.UpdateProxyProtocolAsync([25], []));
        sdk.Purpose = "aws_load_balancer_backend_server_policy";
        Assert.Equal("TFEnableProxyProtocol", await policies.SetBackendServerPolicyAsync(25, "TFEnableProxyProtocol"));
        Assert.Equal("TFEnableProxyProtocol", await policies.ReadBackendServerPolicyAsync(25));

        sdk.Purpose = "plan";
        Assert.Empty(wanted.Diff((await elb.ReadAsync("web"))!));
        sdk.Purpose = "destroy";
        await policies.SetBackendServerPolicyAsync(25);
        await policies.DeleteProxyProtocolAsync();
        await policies.SetListenerPolicyAsync(80);
        await policies.DeletePolicyAsync("general");
        await policies.DeleteListenerPolicyAsync("lb", 81);
        await elb.DeleteAsync("web");
        Assert.Null(await policies.ReadPolicyAsync("ssl"));
        Assert.Null(await policies.ReadProxyProtocolAsync());
        Conversation.Check("terraform/policies", sdk.Steps);
    }

    [Fact]
    public async Task Instances_are_authenticated_by_one_public_key_then_by_another_then_by_none()
    {
        const int account = 7;
        var files = ServerCertificateFiles.New("web.test");
        await server
            .Terraform(account)
            .CallAsync(
                "iam:UploadServerCertificate",
                new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "web" }, Token);
        var sdk = server.Terraform(account);
        var elb = new TerraformElbResource(sdk, Token);
        var wanted = new TerraformElb
        {
            Name = "web", AvailabilityZones = ["us-east-1a"],
            Listeners = [new(443, "https", 443, "https", $"arn:aws:iam::{400_000_000_000 + account}:server-certificate/web")],
        };
        await elb.AppliedAsync(wanted, await elb.CreateAsync(wanted));
        var policies = new TerraformPolicyResources(sdk, "web", Token);

        sdk.Purpose = "aws_load_balancer_policy";
        await AuthenticationAsync("0", FirstKey);
        sdk.Purpose = "aws_load_balancer_backend_server_policy";
        Assert.Equal("auth0", await policies.SetBackendServerPolicyAsync(443, "auth0"));
        await PlanAsync("0", FirstKey);

        sdk.Purpose = "another pair";
        await AuthenticationAsync("1", SecondKey);
        Assert.Equal("auth1", await policies.SetBackendServerPolicyAsync(443, "auth1"));
        await policies.DeletePolicyAsync("auth0");
        await policies.DeletePolicyAsync("key0");
        Assert.Null(await policies.ReadPolicyAsync("auth0"));
        await PlanAsync("1", SecondKey);

        sdk.Purpose = "someone else takes the policy from the instance port";
        await sdk.CallAsync(
            "elb:SetLoadBalancerPoliciesForBackendServer",
            new { InstancePort = 443, LoadBalancerName = "web", PolicyNames = Array.Empty<string>() }, Token);
        sdk.Purpose = "plan";
        Assert.Equal("", await policies.ReadBackendServerPolicyAsync(443));
        sdk.Purpose = "apply";
        Assert.Equal("auth1", await policies.SetBackendServerPolicyAsync(443, "auth1"));

        sdk.Purpose = "destroy";
        await policies.SetBackendServerPolicyAsync(443);
        await policies.DeletePolicyAsync("auth1");
        await policies.DeletePolicyAsync("key1");
        Assert.Equal("", await policies.ReadBackendServerPolicyAsync(443));
        Assert.Null(await policies.ReadPolicyAsync("key1"));
        await elb.DeleteAsync("web");
        Assert.Null(await policies.ReadBackendServerPolicyAsync(443));
        Conversation.Check("terraform/backend_server_policy", sdk.Steps);

        async Task AuthenticationAsync(string pair, string key)
        {
            Assert.Equal(
                $"PublicKeyPolicyType PublicKey={key}",
                await policies.CreatePolicyAsync($"key{pair}", "PublicKeyPolicyType", ("PublicKey", key)));
            Assert.Equal(
                $"BackendServerAuthenticationPolicyType PublicKeyPolicyName=key{pair}",
                await policies.CreatePolicyAsync(
                    $"auth{pair}", "BackendServerAuthenticationPolicyType", ("PublicKeyPolicyName", $"key{pair}")));
        }

        // All attributes are compared, as if none were configured: there must be no more than were given.
        async Task PlanAsync(string pair, string key)
        {
            sdk.Purpose = "plan";
            Assert.Empty(wanted.Diff((await elb.ReadAsync("web"))!));
            Assert.Equal($"PublicKeyPolicyType PublicKey={key}", await policies.ReadPolicyAsync($"key{pair}"));
            Assert.Equal(
                $"BackendServerAuthenticationPolicyType PublicKeyPolicyName=key{pair}", await policies.ReadPolicyAsync($"auth{pair}"));
            Assert.Equal($"auth{pair}", await policies.ReadBackendServerPolicyAsync(443));
        }
    }
}

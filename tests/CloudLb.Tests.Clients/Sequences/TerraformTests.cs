namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Terraform's AWS provider as CloudLb sees it: after each apply a second read must show no difference.</summary>
public sealed class TerraformTests(SequenceServer server) : IClassFixture<SequenceServer>
{
    // Subject public keys in base64, as a PEM text has them between its first and its last line.
    private const string FirstKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDgtJn0KkcymVU1jIvIekI+mzIzmle2W0GlWEZJJ5TzN6dvBAYrtzGBHHPPjd6uljcIuijz5hNJ4tEe9I6TBjEw==";
    private const string SecondKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvTMsYxv4JL+9puLtMyLiFcOGXZiPF1z8V6Eh0kynZXhVp8KYH9iRQAvbfO97dDgSxSGu4ZaLggN5jr67iHF+zg==";

    private static readonly TerraformListener Web = new(80, "http", 8000, "http");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_in_zones_is_made_changed_in_every_property_and_deleted()
    {
        var sdk = server.Terraform(0);
        var elb = new TerraformElbResource(sdk, Token);
        sdk.Purpose = "configure the provider";
        await sdk.CallAsync("sts:GetCallerIdentity", new { }, Token);

        var first = new TerraformElb { Name = "tf-lb-20240531094512345600000001", Listeners = [new(80, "HTTP", 8000, "http")], AvailabilityZones = ["us-east-1a", "us-east-1b", "us-east-1c"] };
        var read = await AppliedAsync(elb, first, await elb.CreateAsync(first));
        Assert.Equal((3, 1, 0, "defensive"), (read.Subnets!.Count, read.SecurityGroups!.Count, read.Instances!.Count, read.Desync));
        Assert.Equal((10, 30, "TCP:8000", 5, 2), read.HealthCheck!.Value);

        var second = first with
        {
            Listeners = [Web with { InstancePort = 8080 }, new(2222, "tcp", 22, "tcp")],
            AvailabilityZones = ["us-east-1a", "us-east-1b"],
            Instances = ["i-0a1b2c3d", "i-0a1b2c3e"],
            HealthCheck = (5, 60, "HTTP:8080/health", 30, 5),
            CrossZone = false,
            IdleTimeout = 400,
            Draining = true,
            DrainingTimeout = 400,
            Desync = "strictest",
            Tags = new Dictionary<string, string> { ["Name"] = "web", ["Environment"] = "a b+c" },
        };
        read = await AppliedAsync(elb, second, await elb.UpdateAsync(read, second));

        var third = second with
        {
            Listeners = [Web],
            AvailabilityZones = ["us-east-1b", "us-east-1c"],
            Instances = ["i-0a1b2c3f", "i-0a1b2c3e"],
            HealthCheck = (10, 60, "TCP:8000", 30, 5),
            Draining = false,
            Desync = "monitor",
            Tags = new Dictionary<string, string> { ["Name"] = "", ["Team"] = "a" },
        };
        read = await AppliedAsync(elb, third, await elb.UpdateAsync(read, third));
        Assert.Equal(400, read.DrainingTimeout);

        // The API forgets no listener rule of its own: all may go from outside, and the provider puts them back.
        sdk.Purpose = "someone else deletes the listeners";
        await sdk.CallAsync("elb:DeleteLoadBalancerListeners", new { LoadBalancerName = third.Name, LoadBalancerPorts = new[] { 80 } }, Token);
        sdk.Purpose = "plan";
        read = (await elb.ReadAsync(third.Name))!;
        Assert.StartsWith("listener", Assert.Single(third.Diff(read)), StringComparison.Ordinal);
        await AppliedAsync(elb, third, await elb.UpdateAsync(read, third));

        await elb.DeleteAsync(third.Name);
        await elb.DeleteAsync(third.Name);
        Assert.Null(await elb.ReadAsync(third.Name));
        Conversation.Check("terraform/aws_elb-zones", sdk.Steps);
    }

    [Fact]
    public async Task Access_logs_are_switched_on_changed_switched_off_and_taken_out()
    {
        var sdk = server.Terraform(6);
        var elb = new TerraformElbResource(sdk, Token);
        var without = new TerraformElb { Name = "web", Listeners = [Web], AvailabilityZones = ["us-east-1a"] };
        var read = await AppliedAsync(elb, without, await elb.CreateAsync(without));
        Assert.Null(read.AccessLogs);

        var on = without with { AccessLogs = new("logs", Interval: 5) };
        read = await AppliedAsync(elb, on, await elb.UpdateAsync(read, on));
        var changed = without with { AccessLogs = new("other-logs", "prod/web") };
        read = await AppliedAsync(elb, changed, await elb.UpdateAsync(read, changed));

        // A block that is switched off is still one: what it says must come back.
        var off = without with { AccessLogs = new("logs", Interval: 5, Enabled: false) };
        read = await AppliedAsync(elb, off, await elb.UpdateAsync(read, off));
        read = await AppliedAsync(elb, changed, await elb.UpdateAsync(read, changed));
        read = await AppliedAsync(elb, without, await elb.UpdateAsync(read, without));
        Assert.Null(read.AccessLogs);

        sdk.Purpose = "someone else switches access logs on";
        await sdk.CallAsync(
            "elb:ModifyLoadBalancerAttributes",
            new { LoadBalancerName = "web", LoadBalancerAttributes = new { AccessLog = new { Enabled = true, S3BucketName = "logs" } } }, Token);
        sdk.Purpose = "plan";
        read = (await elb.ReadAsync("web"))!;
        Assert.StartsWith("access_logs", Assert.Single(without.Diff(read)), StringComparison.Ordinal);
        await AppliedAsync(elb, without, await elb.UpdateAsync(read, without));
        await elb.DeleteAsync("web");
        Conversation.Check("terraform/aws_elb-access_logs", sdk.Steps);
    }

    [Fact]
    public async Task A_load_balancer_in_subnets_is_made_its_subnets_swapped_and_its_groups_replaced()
    {
        var sdk = server.Terraform(1);
        var elb = new TerraformElbResource(sdk, Token);
        var first = new TerraformElb
        {
            Name = "web", Listeners = [Web], Internal = true, IdleTimeout = 30, Tags = new Dictionary<string, string> { ["team"] = "a" },
            Subnets = ["subnet-0a1b2c30", "subnet-0a1b2c31"], SecurityGroups = ["sg-0a1b2c3d"],
        };
        var read = await AppliedAsync(elb, first, await elb.CreateAsync(first));
        Assert.StartsWith("internal-web-", read.Computed, StringComparison.Ordinal);

        // The new subnet stands in the zone of the one that goes: it must be gone first.
        var second = first with { Subnets = ["subnet-0a1b2c31", "subnet-0b1b2c30"], SecurityGroups = ["sg-0b1b2c3d", "sg-0a1b2c3d"] };
        read = await AppliedAsync(elb, second, await elb.UpdateAsync(read, second));
        var third = second with { SecurityGroups = ["sg-0c1b2c3d"], Subnets = ["subnet-0b1b2c30"] };
        await AppliedAsync(elb, third, await elb.UpdateAsync(read, third));
        await elb.DeleteAsync("web");
        Conversation.Check("terraform/aws_elb-subnets", sdk.Steps);
    }

    [Fact]
    public async Task Policies_are_made_set_changed_and_deleted()
    {
        var sdk = server.Terraform(2);
        var elb = new TerraformElbResource(sdk, Token);
        var wanted = new TerraformElb { Name = "web", AvailabilityZones = ["us-east-1a"], Listeners = [Web, new(81, "http", 8000, "http"), new(25, "tcp", 25, "tcp"), new(587, "tcp", 587, "tcp")] };
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
        Assert.Equal("AppCookieStickinessPolicyType CookieName=c", await policies.CreatePolicyAsync("general", "AppCookieStickinessPolicyType", ("CookieName", "c")));
        Assert.Equal("LBCookieStickinessPolicyType CookieExpirationPeriod=0", await policies.CreatePolicyAsync("computed", "LBCookieStickinessPolicyType"));
        Assert.StartsWith("SSLNegotiationPolicyType ", await policies.CreatePolicyAsync("ssl", "SSLNegotiationPolicyType"), StringComparison.Ordinal);
        (string, string)[] custom = [("Protocol-TLSv1.1", "true"), ("DHE-RSA-AES256-SHA256", "true")];
        Assert.Equal("SSLNegotiationPolicyType DHE-RSA-AES256-SHA256=true,Protocol-TLSv1.1=true", await policies.CreatePolicyAsync("custom", "SSLNegotiationPolicyType", custom));
        Assert.Equal(
            "SSLNegotiationPolicyType ECDHE-ECDSA-AES128-GCM-SHA256=true,Protocol-TLSv1.2=true",
            await policies.UpdatePolicyAsync("custom", "SSLNegotiationPolicyType", ("Protocol-TLSv1.2", "true"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "true")));
        Assert.Equal(
            "SSLNegotiationPolicyType Reference-Security-Policy=ELBSecurityPolicy-TLS-1-2-2017-01",
            await policies.CreatePolicyAsync("reference", "SSLNegotiationPolicyType", ("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")));

        sdk.Purpose = "aws_load_balancer_listener_policy";
        Assert.Equal("general", await policies.SetListenerPolicyAsync(80, "general"));
        Assert.Equal("", await policies.ReadListenerPolicyAsync(8443));
        sdk.Purpose = "a policy changes while it is assigned";
        Assert.Equal("AppCookieStickinessPolicyType CookieName=d", await policies.UpdatePolicyAsync("general", "AppCookieStickinessPolicyType", ("CookieName", "d")));
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
        await server.Terraform(account).CallAsync("iam:UploadServerCertificate", new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "web" }, Token);
        var sdk = server.Terraform(account);
        var elb = new TerraformElbResource(sdk, Token);
        var wanted = new TerraformElb
        {
            Name = "web", AvailabilityZones = ["us-east-1a"],
            Listeners = [new(443, "https", 443, "https", $"arn:aws:iam::{400_000_000_000 + account}:server-certificate/web")],
        };
        await AppliedAsync(elb, wanted, await elb.CreateAsync(wanted));
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
        await sdk.CallAsync("elb:SetLoadBalancerPoliciesForBackendServer", new { InstancePort = 443, LoadBalancerName = "web", PolicyNames = Array.Empty<string>() }, Token);
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
            Assert.Equal($"PublicKeyPolicyType PublicKey={key}", await policies.CreatePolicyAsync($"key{pair}", "PublicKeyPolicyType", ("PublicKey", key)));
            Assert.Equal(
                $"BackendServerAuthenticationPolicyType PublicKeyPolicyName=key{pair}",
                await policies.CreatePolicyAsync($"auth{pair}", "BackendServerAuthenticationPolicyType", ("PublicKeyPolicyName", $"key{pair}")));
        }

        // All attributes are compared, as if none were configured: there must be no more than were given.
        async Task PlanAsync(string pair, string key)
        {
            sdk.Purpose = "plan";
            Assert.Empty(wanted.Diff((await elb.ReadAsync("web"))!));
            Assert.Equal($"PublicKeyPolicyType PublicKey={key}", await policies.ReadPolicyAsync($"key{pair}"));
            Assert.Equal($"BackendServerAuthenticationPolicyType PublicKeyPolicyName=key{pair}", await policies.ReadPolicyAsync($"auth{pair}"));
            Assert.Equal($"auth{pair}", await policies.ReadBackendServerPolicyAsync(443));
        }
    }

    [Fact]
    public async Task An_attached_instance_that_went_away_is_seen_and_attached_again()
    {
        var sdk = server.Terraform(3);
        await new TerraformElbResource(sdk, Token).CreateAsync(new() { Name = "web", AvailabilityZones = ["us-east-1a"], Listeners = [Web] });
        var attachments = new TerraformPolicyResources(sdk, "web", Token);

        sdk.Purpose = "aws_elb_attachment";
        await attachments.AttachAsync("i-0a1b2c3d");
        await attachments.AttachAsync("i-0a1b2c3e");
        Assert.Equal("i-0a1b2c3d", await attachments.ReadAttachmentAsync("i-0a1b2c3d"));
        await attachments.DetachAsync("i-0a1b2c3d");
        Assert.Null(await attachments.ReadAttachmentAsync("i-0a1b2c3d"));
        await attachments.AttachAsync("i-0a1b2c3d");
        await attachments.DetachAsync("i-0a1b2c3d");
        await attachments.DetachAsync("i-0a1b2c3e");
        Conversation.Check("terraform/aws_elb_attachment", sdk.Steps);
    }

    [Fact]
    public async Task Ten_load_balancers_with_all_their_resources_are_applied_at_once()
    {
        var sdk = server.Terraform(server.FreshAccount());
        var elb = new TerraformElbResource(sdk, Token);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async number =>
        {
            var wanted = new TerraformElb
            {
                Name = $"web-{number}", AvailabilityZones = ["us-east-1a", "us-east-1b"], Instances = ["i-0a1b2c3d"],
                Listeners = [new(80 + (100 * number), "http", 8000, "http"), new(81 + (100 * number), "tcp", 25, "tcp")],
                Tags = new Dictionary<string, string> { ["number"] = $"{number}" },
            };
            Assert.Empty(wanted.Diff(await elb.CreateAsync(wanted)));
            Assert.Empty(wanted.Diff((await elb.ReadAsync(wanted.Name))!));
            await elb.DeleteAsync(wanted.Name);
        }));
    }

    [Fact]
    public async Task The_resources_of_one_load_balancer_are_applied_and_destroyed_at_once()
    {
        var sdk = server.Terraform(server.FreshAccount());
        var elb = new TerraformElbResource(sdk, Token);
        var wanted = new TerraformElb
        {
            Name = "web", AvailabilityZones = ["us-east-1a"], Listeners = [Web, new(81, "http", 8000, "http"), new(82, "http", 8000, "http"), new(25, "tcp", 25, "tcp")],
        };
        await elb.CreateAsync(wanted);
        var policies = new TerraformPolicyResources(sdk, "web", Token);

        await Task.WhenAll(
            policies.CreateAppCookieAsync("app", 80, "session"),
            policies.CreateLbCookieAsync("lb", 81, 60),
            policies.CreateLbCookieAsync("lb-session", 82, 0),
            policies.CreateProxyProtocolAsync(25),
            policies.CreatePolicyAsync("ssl", "SSLNegotiationPolicyType", ("Reference-Security-Policy", "ELBSecurityPolicy-2016-08")),
            policies.AttachAsync("i-0a1b2c3d"), policies.AttachAsync("i-0a1b2c3e"), policies.AttachAsync("i-0a1b2c3f"));
        var reads = await Task.WhenAll(
            policies.ReadStickinessAsync("app", 80, "CookieName"),
            policies.ReadStickinessAsync("lb", 81, "CookieExpirationPeriod"),
            policies.ReadStickinessAsync("lb-session", 82, "CookieExpirationPeriod"),
            policies.ReadProxyProtocolAsync(),
            policies.ReadPolicyAsync("ssl", "Reference-Security-Policy"),
            policies.ReadAttachmentAsync("i-0a1b2c3d"), policies.ReadAttachmentAsync("i-0a1b2c3e"), policies.ReadAttachmentAsync("i-0a1b2c3f"));
        string?[] configured = ["session", "60", "0", "25", "SSLNegotiationPolicyType Reference-Security-Policy=ELBSecurityPolicy-2016-08", "i-0a1b2c3d", "i-0a1b2c3e", "i-0a1b2c3f"];
        Assert.Equal<IEnumerable<string?>>(configured, reads);
        Assert.Empty(wanted.Diff((await elb.ReadAsync("web"))!));

        await Task.WhenAll(
            policies.DeleteListenerPolicyAsync("app", 80), policies.DeleteListenerPolicyAsync("lb", 81), policies.DeleteListenerPolicyAsync("lb-session", 82),
            policies.DeleteProxyProtocolAsync(), policies.DeletePolicyAsync("ssl"),
            policies.DetachAsync("i-0a1b2c3d"), policies.DetachAsync("i-0a1b2c3e"), policies.DetachAsync("i-0a1b2c3f"));
        Assert.Equal("", Answers.Set(((await elb.ReadAsync("web"))!).Instances!));
        await elb.DeleteAsync("web");
    }

    [Fact]
    public async Task What_stands_in_the_way_for_a_while_is_waited_for()
    {
        var account = server.FreshAccount();
        var sdk = server.Terraform(account);
        var elb = new TerraformElbResource(sdk, Token);
        var first = new TerraformElb { Name = "web", Listeners = [Web], Subnets = ["subnet-0a1b2c31"] };
        var read = await elb.CreateAsync(first);
        var someoneElse = server.Terraform(account);
        await someoneElse.CallAsync("elb:AttachLoadBalancerToSubnets", new { LoadBalancerName = "web", Subnets = new[] { "subnet-0a1b2c30" } }, Token);
        await someoneElse.CallAsync(
            "elb:CreateLoadBalancerListeners", new { LoadBalancerName = "web", Listeners = new[] { new { Protocol = "tcp", LoadBalancerPort = 81, InstancePort = 81 } } }, Token);

        // What was read before that holds neither: the listener's port is taken and the new subnet's zone has one already, both refused with what is retried.
        var second = first with { Listeners = [Web, new(81, "http", 8000, "http")], Subnets = ["subnet-0a1b2c31", "subnet-0b1b2c30"] };
        var update = elb.UpdateAsync(read, second);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count(step => step.Status == 400)), refused => refused > 1, Token);
        await someoneElse.CallAsync("elb:DeleteLoadBalancerListeners", new { LoadBalancerName = "web", LoadBalancerPorts = new[] { 81 } }, Token);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count(step => step.Status == 409)), refused => refused > 1, Token);
        await someoneElse.CallAsync("elb:DetachLoadBalancerFromSubnets", new { LoadBalancerName = "web", Subnets = new[] { "subnet-0a1b2c30" } }, Token);

        await AppliedAsync(elb, second, await update);
        await elb.DeleteAsync("web");
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_yet_is_waited_for_and_one_in_use_is_kept_until_it_is_not()
    {
        var account = server.FreshAccount();
        var sdk = server.Terraform(account);
        var elb = new TerraformElbResource(sdk, Token);
        var arn = $"arn:aws:iam::{400_000_000_000 + account}:server-certificate/web";
        var files = ServerCertificateFiles.New("web.test");
        var wanted = new TerraformElb { Name = "web", AvailabilityZones = ["us-east-1a"], Listeners = [new(443, "https", 8000, "http", arn)] };

        var creation = elb.CreateAsync(wanted);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count), steps => steps > 0, Token);
        await sdk.CallAsync("iam:UploadServerCertificate", new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "web" }, Token);
        await AppliedAsync(elb, wanted, await creation);

        // An SSL negotiation policy survives a change of the listener's certificate only when it is made again; that of the listener is the default's.
        var policies = new TerraformPolicyResources(sdk, "web", Token);
        Assert.Equal("ELBSecurityPolicy-2016-08", await policies.ReadListenerPolicyAsync(443));
        Assert.Equal("tls", await policies.CreateSslNegotiationAsync(
            "tls", 443, ("Server-Defined-Cipher-Order", "true"), ("Protocol-TLSv1.2", "true"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "true"), ("Protocol-TLSv1", "false")));
        Assert.Equal("tls", await policies.ReadListenerPolicyAsync(443));

        var deletion = sdk.RetryAsync(
            "iam:DeleteServerCertificate", new { ServerCertificateName = "web" },
            error => error.Code == "DeleteConflict" && error.Words.Contains("currently in use by arn", StringComparison.Ordinal), Token);
        await policies.DeleteListenerPolicyAsync("tls", 443);
        Assert.False(deletion.IsCompleted);
        await elb.DeleteAsync("web");
        await deletion;
    }

    /// <summary>What was applied is read twice, by the apply itself and by the next plan, and neither may show a difference.</summary>
    private static async Task<TerraformElb> AppliedAsync(TerraformElbResource elb, TerraformElb wanted, TerraformElb read)
    {
        Assert.Empty(wanted.Diff(read));
        var again = (await elb.ReadAsync(wanted.Name, wanted.AccessLogs is not null))!;
        Assert.Empty(wanted.Diff(again));
        Assert.Empty(read.Diff(again));
        return again;
    }
}

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Terraform applies what does not depend on each other at once, and waits for what another change holds up.</summary>
public sealed class TerraformConcurrencyTests(SequenceServer server) : IClassFixture<SequenceServer>
{
    private static readonly TerraformListener Web = new(80, "http", 8000, "http");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            Name = "web", AvailabilityZones = ["us-east-1a"],
            Listeners = [Web, new(81, "http", 8000, "http"), new(82, "http", 8000, "http"), new(25, "tcp", 25, "tcp")],
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
            policies.ReadAttachmentAsync("i-0a1b2c3d"), policies.ReadAttachmentAsync("i-0a1b2c3e"),
            policies.ReadAttachmentAsync("i-0a1b2c3f"));
        string?[] configured =
        [
            "session", "60", "0", "25", "SSLNegotiationPolicyType Reference-Security-Policy=ELBSecurityPolicy-2016-08", "i-0a1b2c3d",
            "i-0a1b2c3e", "i-0a1b2c3f",
        ];
        Assert.Equal<IEnumerable<string?>>(configured, reads);
        Assert.Empty(wanted.Diff((await elb.ReadAsync("web"))!));

        await Task.WhenAll(
            policies.DeleteListenerPolicyAsync("app", 80), policies.DeleteListenerPolicyAsync("lb", 81),
            policies.DeleteListenerPolicyAsync("lb-session", 82),
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
        await someoneElse.CallAsync(
            "elb:AttachLoadBalancerToSubnets", new { LoadBalancerName = "web", Subnets = new[] { "subnet-0a1b2c30" } }, Token);
        await someoneElse.CallAsync(
            "elb:CreateLoadBalancerListeners",
            new { LoadBalancerName = "web", Listeners = new[] { new { Protocol = "tcp", LoadBalancerPort = 81, InstancePort = 81 } } },
            Token);

        // What was read before that holds neither: the listener's port is taken and the new subnet's zone has one already, both refused
        // with what is retried.
        var second = first with { Listeners = [Web, new(81, "http", 8000, "http")], Subnets = ["subnet-0a1b2c31", "subnet-0b1b2c30"] };
        var update = elb.UpdateAsync(read, second);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count(step => step.Status == 400)), refused => refused > 1, Token);
        await someoneElse.CallAsync(
            "elb:DeleteLoadBalancerListeners", new { LoadBalancerName = "web", LoadBalancerPorts = new[] { 81 } }, Token);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count(step => step.Status == 409)), refused => refused > 1, Token);
        await someoneElse.CallAsync(
            "elb:DetachLoadBalancerFromSubnets", new { LoadBalancerName = "web", Subnets = new[] { "subnet-0a1b2c30" } }, Token);

        await elb.AppliedAsync(second, await update);
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
        var wanted = new TerraformElb
        {
            Name = "web",
            AvailabilityZones = ["us-east-1a"],
            Listeners = [new(443, "https", 8000, "http", arn)],
        };

        var creation = elb.CreateAsync(wanted);
        await Harness.Wait.ForAsync(() => Task.FromResult(sdk.Steps.Count), steps => steps > 0, Token);
        await sdk.CallAsync(
            "iam:UploadServerCertificate",
            new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "web" }, Token);
        await elb.AppliedAsync(wanted, await creation);

        // An SSL negotiation policy survives a change of the listener's certificate only when it is made again; that of the listener is the
        // default's.
        var policies = new TerraformPolicyResources(sdk, "web", Token);
        Assert.Equal("ELBSecurityPolicy-2016-08", await policies.ReadListenerPolicyAsync(443));
        Assert.Equal("tls", await policies.CreateSslNegotiationAsync(
            "tls", 443, ("Server-Defined-Cipher-Order", "true"), ("Protocol-TLSv1.2", "true"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "true"),
            ("Protocol-TLSv1", "false")));
        Assert.Equal("tls", await policies.ReadListenerPolicyAsync(443));

        var deletion = sdk.RetryAsync(
            "iam:DeleteServerCertificate", new { ServerCertificateName = "web" },
            error => error.Code == "DeleteConflict" && error.Words.Contains("currently in use by arn", StringComparison.Ordinal), Token);
        await policies.DeleteListenerPolicyAsync("tls", 443);
        Assert.False(deletion.IsCompleted);
        await elb.DeleteAsync("web");
        await deletion;
    }
}

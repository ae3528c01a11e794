namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Terraform's AWS provider as CloudLb sees it: after each apply a second read must show no difference.</summary>
public sealed class TerraformTests(SequenceServer server) : IClassFixture<SequenceServer>
{
    private static readonly TerraformListener Web = new(80, "http", 8000, "http");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_in_zones_is_made_changed_in_every_property_and_deleted()
    {
        var sdk = server.Terraform(0);
        var elb = new TerraformElbResource(sdk, Token);
        sdk.Purpose = "configure the provider";
        await sdk.CallAsync("sts:GetCallerIdentity", new { }, Token);

        var first = new TerraformElb
        {
            Name = "tf-lb-20240531094512345600000001",
            Listeners = [new(80, "HTTP", 8000, "http")],
            AvailabilityZones = ["us-east-1a", "us-east-1b", "us-east-1c"],
        };
        var read = await elb.AppliedAsync(first, await elb.CreateAsync(first));
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
        read = await elb.AppliedAsync(second, await elb.UpdateAsync(read, second));

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
        read = await elb.AppliedAsync(third, await elb.UpdateAsync(read, third));
        Assert.Equal(400, read.DrainingTimeout);

        // The API forgets no listener rule of its own: all may go from outside, and the provider puts them back.
        sdk.Purpose = "someone else deletes the listeners";
        await sdk.CallAsync(
            "elb:DeleteLoadBalancerListeners", new { LoadBalancerName = third.Name, LoadBalancerPorts = new[] { 80 } }, Token);
        sdk.Purpose = "plan";
        read = (await elb.ReadAsync(third.Name))!;
        Assert.StartsWith("listener", Assert.Single(third.Diff(read)), StringComparison.Ordinal);
        await elb.AppliedAsync(third, await elb.UpdateAsync(read, third));

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
        var read = await elb.AppliedAsync(without, await elb.CreateAsync(without));
        Assert.Null(read.AccessLogs);

        var on = without with { AccessLogs = new("logs", Interval: 5) };
        read = await elb.AppliedAsync(on, await elb.UpdateAsync(read, on));
        var changed = without with { AccessLogs = new("other-logs", "prod/web") };
        read = await elb.AppliedAsync(changed, await elb.UpdateAsync(read, changed));

        // A block that is switched off is still one: what it says must come back.
        var off = without with { AccessLogs = new("logs", Interval: 5, Enabled: false) };
        read = await elb.AppliedAsync(off, await elb.UpdateAsync(read, off));
        read = await elb.AppliedAsync(changed, await elb.UpdateAsync(read, changed));
        read = await elb.AppliedAsync(without, await elb.UpdateAsync(read, without));
        Assert.Null(read.AccessLogs);

        sdk.Purpose = "someone else switches access logs on";
        await sdk.CallAsync(
            "elb:ModifyLoadBalancerAttributes",
            new { LoadBalancerName = "web", LoadBalancerAttributes = new { AccessLog = new { Enabled = true, S3BucketName = "logs" } } },
            Token);
        sdk.Purpose = "plan";
        read = (await elb.ReadAsync("web"))!;
        Assert.StartsWith("access_logs", Assert.Single(without.Diff(read)), StringComparison.Ordinal);
        await elb.AppliedAsync(without, await elb.UpdateAsync(read, without));
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
        var read = await elb.AppliedAsync(first, await elb.CreateAsync(first));
        Assert.StartsWith("internal-web-", read.Computed, StringComparison.Ordinal);

        // The new subnet stands in the zone of the one that goes: it must be gone first.
        var second = first with { Subnets = ["subnet-0a1b2c31", "subnet-0b1b2c30"], SecurityGroups = ["sg-0b1b2c3d", "sg-0a1b2c3d"] };
        read = await elb.AppliedAsync(second, await elb.UpdateAsync(read, second));
        var third = second with { SecurityGroups = ["sg-0c1b2c3d"], Subnets = ["subnet-0b1b2c30"] };
        await elb.AppliedAsync(third, await elb.UpdateAsync(read, third));
        await elb.DeleteAsync("web");
        Conversation.Check("terraform/aws_elb-subnets", sdk.Steps);
    }

    [Fact]
    public async Task An_attached_instance_that_went_away_is_seen_and_attached_again()
    {
        var sdk = server.Terraform(3);
        await new TerraformElbResource(sdk, Token).CreateAsync(
            new() { Name = "web", AvailabilityZones = ["us-east-1a"], Listeners = [Web] });
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
}

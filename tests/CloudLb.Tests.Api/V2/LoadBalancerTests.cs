using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Application and network load balancers as a client sees them.</summary>
public sealed class LoadBalancerTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task An_application_load_balancer_is_made_described_by_name_and_by_arn_and_deleted()
    {
        var name = NewName("web");
        var made = (await server.SendV2Async($"Action=CreateLoadBalancer&Name={name}{Subnets}")).Descendants("member").First();
        var arn = made.Element("LoadBalancerArn")!.Value;

        Assert.Matches($"^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/{name}/[0-9a-f]{{16}}$", arn);
        Assert.Matches($"^{name}-[0-9]+\\.us-east-1\\.elb\\.localhost$", made.Element("DNSName")!.Value);
        Assert.Equal(
            ("application", "internet-facing", "active", "ipv4", "Z35SXDOTRQ7X7K"),
            (made.Element("Type")!.Value, made.Element("Scheme")!.Value, made.Element("State")!.Value,
                made.Element("IpAddressType")!.Value, made.Element("CanonicalHostedZoneId")!.Value));
        Assert.Equal(["us-east-1a", "us-east-1b"], made.Descendants("ZoneName").Select(zone => zone.Value));
        foreach (var form in new[] { $"Names.member.1={name}", $"LoadBalancerArns.member.1={arn}" })
        {
            Assert.Equal(
                made.ToString(),
                (await server.SendV2Async($"Action=DescribeLoadBalancers&{form}")).Descendants("member").First().ToString());
        }

        await server.SendV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}");
        await server.SendV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}");
        Assert.Equal(
            (400, "LoadBalancerNotFound", $"Load balancers '[{name}]' not found"),
            await server.RefusalV2Async($"Action=DescribeLoadBalancers&Names.member.1={name}"));
        Assert.Equal(
            (400, "LoadBalancerNotFound", $"Load balancers '[{name}, {name}2]' not found"),
            await server.RefusalV2Async($"Action=DescribeLoadBalancers&Names.member.1={name}&Names.member.2={name}2"));
        Assert.Equal(
            (400, "LoadBalancerNotFound", "One or more load balancers not found"),
            await server.RefusalV2Async($"Action=DescribeLoadBalancers&LoadBalancerArns.member.1={arn}"));
    }

    [Fact]
    public async Task A_network_load_balancer_needs_one_zone_has_an_id_in_its_name_and_no_groups_unless_they_are_given()
    {
        var name = NewName("net");
        var made = (await server.SendV2Async(
            $"Action=CreateLoadBalancer&Name={name}&Type=network&SubnetMappings.member.1.SubnetId=subnet-00000000"))
            .Descendants("member").First();
        var id = made.Element("LoadBalancerArn")!.Value.Split('/')[^1];

        Assert.Contains($":loadbalancer/net/{name}/", made.Element("LoadBalancerArn")!.Value, StringComparison.Ordinal);
        Assert.Equal($"{name}-{id}.elb.us-east-1.elb.localhost", made.Element("DNSName")!.Value);
        Assert.Null(made.Element("SecurityGroups"));
        Assert.Equal("off", made.Element("EnablePrefixForIpv6SourceNat")!.Value);
        Assert.Equal(
            (400, "InvalidConfigurationRequest", "SetSecurityGroups is not supported for load balancers of type 'network'"),
            await server.RefusalV2Async(
                $"Action=SetSecurityGroups&LoadBalancerArn={made.Element("LoadBalancerArn")!.Value}&SecurityGroups.member.1=sg-00000001"));
    }

    [Fact]
    public async Task Made_again_with_the_same_settings_it_is_the_one_there_is_and_with_others_it_is_refused()
    {
        var name = NewName("again");
        var first = await server.SendV2Async($"Action=CreateLoadBalancer&Name={name}{Subnets}");
        var again = await server.SendV2Async($"Action=CreateLoadBalancer&Name={name}{Subnets}");

        Assert.Equal(first.Descendants("LoadBalancerArn").Single().Value, again.Descendants("LoadBalancerArn").Single().Value);
        Assert.Equal(
            (400, "DuplicateLoadBalancerName", $"A load balancer with the same name '{name}' exists, but with different settings"),
            await server.RefusalV2Async($"Action=CreateLoadBalancer&Name={name}&Type=network{Subnets}"));

        // A Classic one has names of its own.
        await server.SendAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName={name}&AvailabilityZones.member.1=us-east-1a" +
            "&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort=80&Listeners.member.1.InstancePort=8080");
    }

    [Theory]
    [InlineData("Name=x&Scheme=Internal&Subnets.member.1=subnet-00000000", "ValidationError",
        "1 validation error detected: Value 'Internal' at 'scheme' failed to satisfy constraint: " +
        "Member must satisfy enum value set: [internet-facing, internal]")]
    [InlineData("Name=abcdefghijklmnopqrstuvwxyz-0123456789&Subnets.member.1=subnet-00000000", "ValidationError",
        "The load balancer name 'abcdefghijklmnopqrstuvwxyz-0123456789' cannot be longer than '32' characters")]
    [InlineData("Name=internal-x&Subnets.member.1=subnet-00000000", "ValidationError",
        "The load balancer name 'internal-x' cannot begin with 'internal-'")]
    [InlineData("Name=x-&Subnets.member.1=subnet-00000000", "ValidationError",
        "The load balancer name 'x-' cannot end with a hyphen(-)")]
    [InlineData("Name=a_b&Subnets.member.1=subnet-00000000", "ValidationError",
        "The load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)")]
    [InlineData("Name=x&Subnets.member.1=subnet-00000000", "ValidationError",
        "At least two subnets in two different Availability Zones must be specified")]
    [InlineData("Name=x&Type=network", "ValidationError", "At least one subnet must be specified")]
    [InlineData("Name=x&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000003", "InvalidConfigurationRequest",
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone")]
    [InlineData("Name=x&Subnets.member.1=subnet-00000000&SubnetMappings.member.1.SubnetId=subnet-00000001", "ValidationError",
        "You can specify either subnets or subnet mappings, not both")]
    [InlineData("Name=x&SubnetMappings.member.1.SubnetId=subnet-00000000&SubnetMappings.member.1.AllocationId=eipalloc-1",
        "ValidationError", "Elastic IPs are not supported for load balancers with type 'application'")]
    [InlineData("Name=x&Type=gateway&Subnets.member.1=subnet-00000000", "ValidationError",
        "Type must be one of: 'application, network'")]
    [InlineData("Name=x&IpAddressType=dualstack-without-public-ipv4&Subnets.member.1=subnet-00000000", "InvalidConfigurationRequest",
        "The value 'dualstack-without-public-ipv4' of 'IpAddressType' is not supported")]
    [InlineData("Name=x&Type=network&IpAddressType=dualstack-without-public-ipv4&Subnets.member.1=subnet-00000000", "ValidationError",
        "The specified IP address type is not supported on load balancers with type 'network'.")]
    public async Task What_AWS_refuses_or_CloudLb_does_not_carry_is_refused(string form, string code, string message) =>
        Assert.Equal((400, code, message), await server.RefusalV2Async($"Action=CreateLoadBalancer&{form}"));

    [Fact]
    public async Task Lists_come_page_by_page_in_the_order_of_names()
    {
        var names = Enumerable.Range(0, 3).Select(_ => NewName("paged")).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            await server.SendV2Async($"Action=CreateLoadBalancer&Name={name}{Subnets}");
        }

        var (seen, marker) = (new List<string>(), "");
        do
        {
            var page = await server.SendV2Async($"Action=DescribeLoadBalancers&PageSize=1&Marker={marker}");
            seen.Add(page.Descendants("LoadBalancerName").Single().Value);
            marker = page.Descendants("NextMarker").SingleOrDefault()?.Value;
        }
        while (marker is not null);

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Empty(names.Except(seen));
        Assert.Equal(
            (400, "ValidationError", "The marker is not valid"), await server.RefusalV2Async("Action=DescribeLoadBalancers&Marker=%21"));
    }

    [Fact]
    public async Task A_protected_one_is_not_deleted_and_every_attribute_of_its_type_is_described()
    {
        var arn = await _resources.LoadBalancerAsync();
        var changed = await server.SendV2Async(
            $"Action=ModifyLoadBalancerAttributes&LoadBalancerArn={arn}" +
            "&Attributes.member.1.Key=deletion_protection.enabled&Attributes.member.1.Value=true" +
            "&Attributes.member.2.Key=idle_timeout.timeout_seconds&Attributes.member.2.Value=4000");
        var described = await server.SendV2Async($"Action=DescribeLoadBalancerAttributes&LoadBalancerArn={arn}");

        Assert.Equal(changed.Descendants("Attributes").Single().ToString(), described.Descendants("Attributes").Single().ToString());
        Assert.Equal(23, described.Descendants("member").Count());
        Assert.Equal(
            (400, "OperationNotPermitted", $"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"),
            await server.RefusalV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}"));
    }

    [Theory]
    [InlineData("application", "idle_timeout.timeout_seconds", "4001", "ValidationError",
        "The value of 'idle_timeout.timeout_seconds' cannot be greater than 4000 characters")]
    [InlineData("application", "deletion_protection.enabled", "yes", "ValidationError",
        "The value of 'deletion_protection.enabled' must be 'true' or 'false', but was 'yes'")]
    [InlineData("application", "load_balancing.cross_zone.enabled", "false", "ValidationError",
        "The value for 'load_balancing.cross_zone.enabled' must always be 'true' for an Application Load Balancer")]
    [InlineData("application", "routing.http.desync_mitigation_mode", "strict", "ValidationError",
        "'strict' must be one of [defensive, monitor, strictest]")]
    [InlineData("application", "routing.http.xff_header_processing.mode", "drop", "ValidationError",
        "'routing.http.xff_header_processing.mode' must be set as 'preserve', 'append', or 'remove'")]
    [InlineData("application", "client_keep_alive.seconds", "59", "ValidationError",
        "The value of 'client_keep_alive.seconds' must be an integer between 60 and 604800")]
    [InlineData("application", "routing.http2.enabled", "no", "ValidationError",
        "The value of 'routing.http2.enabled' must be 'true' or 'false', but was 'no'")]
    [InlineData("application", "dns_record.client_routing_policy", "any_availability_zone", "ValidationError",
        "Load balancer attribute key 'dns_record.client_routing_policy' is not recognized")]
    [InlineData("network", "idle_timeout.timeout_seconds", "60", "ValidationError",
        "Load balancer attribute key 'idle_timeout.timeout_seconds' is not recognized")]
    [InlineData("application", "health_check_logs.s3.enabled", "true", "ValidationError",
        "The key 'health_check_logs.s3.bucket' must set in order to enable health check logs")]
    [InlineData("network", "health_check_logs.s3.enabled", "true", "ValidationError",
        "Load balancer attribute key 'health_check_logs.s3.enabled' is not recognized")]
    [InlineData("network", "connection_logs.s3.enabled", "true", "ValidationError",
        "Load balancer attribute key 'connection_logs.s3.enabled' is not recognized")]
    [InlineData("application", "access_logs.s3.prefix", "a/../b", "ValidationError",
        "The value of 'access_logs.s3.prefix' is not valid")]
    public async Task An_attribute_that_is_none_or_is_not_carried_changes_nothing(
        string type, string key, string value, string code, string message)
    {
        var arn = await _resources.LoadBalancerAsync(type);
        var before = await server.SendV2Async($"Action=DescribeLoadBalancerAttributes&LoadBalancerArn={arn}");

        // The first would be taken by itself.
        Assert.Equal(
            (400, code, message),
            await server.RefusalV2Async(
                $"Action=ModifyLoadBalancerAttributes&LoadBalancerArn={arn}" +
                "&Attributes.member.1.Key=access_logs.s3.bucket&Attributes.member.1.Value=logs" +
                $"&Attributes.member.2.Key={key}&Attributes.member.2.Value={value}"));
        Assert.Equal(
            before.Descendants("Attributes").Single().ToString(),
            (await server.SendV2Async($"Action=DescribeLoadBalancerAttributes&LoadBalancerArn={arn}")).Descendants("Attributes").Single()
                .ToString());
    }

    [Theory]
    [InlineData("application", "access_logs")]
    [InlineData("application", "connection_logs")]
    [InlineData("network", "access_logs")]
    public async Task A_log_needs_a_bucket_that_can_be_written_to_and_is_told(string type, string log)
    {
        var arn = await _resources.LoadBalancerAsync(type);
        var enable = $"Action=ModifyLoadBalancerAttributes&LoadBalancerArn={arn}" +
            $"&Attributes.member.1.Key={log}.s3.enabled&Attributes.member.1.Value=true";
        var bucket = $"&Attributes.member.2.Key={log}.s3.bucket&Attributes.member.2.Value=";

        Assert.Equal(
            (400, "ValidationError", $"The key '{log}.s3.bucket' must set in order to enable {log.Replace('_', ' ')}"),
            await server.RefusalV2Async(enable));
        Assert.Equal(
            (400, "InvalidConfigurationRequest", "Access Denied for bucket: no. Please check S3bucket permission"),
            await server.RefusalV2Async($"{enable}{bucket}no"));
        var changed = await server.SendV2Async(
            $"{enable}{bucket}v2-logs&Attributes.member.3.Key={log}.s3.prefix&Attributes.member.3.Value=a/b");

        var told = changed.Descendants("member")
            .ToDictionary(member => member.Element("Key")!.Value, member => member.Element("Value")!.Value);
        Assert.Equal(
            ("true", "v2-logs", "a/b"),
            (told[$"{log}.s3.enabled"], told[$"{log}.s3.bucket"], told[$"{log}.s3.prefix"]));
    }

    [Fact]
    public async Task What_is_done_to_heads_is_taken_and_told()
    {
        (string Key, string Value)[] all =
        [
            ("client_keep_alive.seconds", "60"), ("routing.http.drop_invalid_header_fields.enabled", "true"),
            ("routing.http.preserve_host_header.enabled", "true"), ("routing.http.xff_client_port.enabled", "true"),
            ("routing.http.xff_header_processing.mode", "preserve"),
        ];
        var arn = await _resources.LoadBalancerAsync();

        await server.SendV2Async($"Action=ModifyLoadBalancerAttributes&LoadBalancerArn={arn}" + string.Concat(
            all.Select((each, at) => $"&Attributes.member.{at + 1}.Key={each.Key}&Attributes.member.{at + 1}.Value={each.Value}")));

        var told = (await server.SendV2Async($"Action=DescribeLoadBalancerAttributes&LoadBalancerArn={arn}")).Descendants("member")
            .ToDictionary(member => member.Element("Key")!.Value, member => member.Element("Value")!.Value);
        Assert.All(all, each => Assert.Equal(each.Value, told[each.Key]));
    }

    [Fact]
    public async Task Subnets_and_groups_are_replaced()
    {
        var arn = await _resources.LoadBalancerAsync();
        var moved = await server.SendV2Async(
            $"Action=SetSubnets&LoadBalancerArn={arn}&Subnets.member.1=subnet-00000001&Subnets.member.2=subnet-00000002");
        await server.SendV2Async(
            $"Action=SetSecurityGroups&LoadBalancerArn={arn}&SecurityGroups.member.1=sg-00000002&SecurityGroups.member.2=sg-00000001");
        var described = await server.SendV2Async($"Action=DescribeLoadBalancers&LoadBalancerArns.member.1={arn}");

        Assert.Equal(["us-east-1b", "us-east-1c"], moved.Descendants("ZoneName").Select(zone => zone.Value));
        Assert.Equal(
            ["sg-00000002", "sg-00000001"], described.Descendants("SecurityGroups").Single().Elements().Select(group => group.Value));
        Assert.Equal(
            (400, "ValidationError", "At least two subnets in two different Availability Zones must be specified"),
            await server.RefusalV2Async($"Action=SetSubnets&LoadBalancerArn={arn}&Subnets.member.1=subnet-00000001"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("arn")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/web")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789ABCDEF")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/we%0Ab/0123456789abcdef")]
    public async Task A_text_that_is_no_arn_is_a_validation_error(string text) => Assert.Equal(
        (400, "ValidationError", $"'{Uri.UnescapeDataString(text)}' is not a valid load balancer ARN"),
        await server.RefusalV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={text}"));

    [Fact]
    public async Task What_another_account_or_region_has_is_not_there()
    {
        var arn = await _resources.LoadBalancerAsync();
        foreach (var (own, others) in new[] { ("123456789012", "123456789013"), ("us-east-1", "eu-west-1") })
        {
            var other = arn.Replace(own, others, StringComparison.Ordinal);
            Assert.Equal(
                (400, "LoadBalancerNotFound", "One or more load balancers not found"),
                await server.RefusalV2Async($"Action=DescribeLoadBalancerAttributes&LoadBalancerArn={other}"));
        }
    }
}

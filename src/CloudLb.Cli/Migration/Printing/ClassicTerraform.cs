using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>A Classic load balancer as <c>aws_elb</c>, with the resources of its policies.</summary>
internal sealed class ClassicTerraform(TerraformText text, ClassicLoadBalancer source)
{
    private const string AppCookie = "AppCookieStickinessPolicyType", DefaultNegotiation = "ELBSecurityPolicy-2016-08";

    // Who names a policy waits for it. One that is there already stands in the file as a comment alone.
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);

    public void Write()
    {
        var label = text.Label(source.Name);
        text.Resource("aws_elb", label, WriteBody, source.Name);
        var name = $"aws_elb.{label}.name";
        var policies = source.Policies ?? [];
        var alone = source.Listeners.Select(AppCookiePolicy).OfType<JsonObject>().ToHashSet();
        foreach (var policy in policies.Where(policy => !alone.Contains(policy) && !Planning.ClassicPolicySteps.IsPredefined(Name(policy))))
        {
            var own = text.Label(source.Name, Name(policy));
            text.Resource("aws_load_balancer_policy", own, block => WritePolicy(block, policy, name), null);
            if (!text.IsImport)
            {
                _references[Name(policy)] = $"aws_load_balancer_policy.{own}.policy_name";
            }
        }

        foreach (var listener in source.Listeners)
        {
            WriteListenerPolicies(listener, name);
        }

        foreach (var server in Wire.Items(source.Description, "BackendServerDescriptions"))
        {
            var port = Wire.Text(server, "InstancePort");
            text.Resource(
                "aws_load_balancer_backend_server_policy", text.Label(source.Name, "instances", port ?? ""),
                block => block.Raw("load_balancer_name", name).Raw("instance_port", port)
                    .List("policy_names", Wire.Texts(server, "PolicyNames").Select(Reference)),
                importId: null, canBeMadeAgain: true);
        }
    }

    private string Reference(string policy) => _references.GetValueOrDefault(policy) ?? HclBlock.Quoted(policy);

    private static string Name(JsonObject policy) => Wire.Text(policy, "PolicyName") ?? "";

    private static string? Port(JsonObject listener) => Wire.Text(listener["Listener"], "LoadBalancerPort");

    private void WriteBody(HclBlock block)
    {
        var description = source.Description;
        var draining = Wire.Of(source.Attributes, "ConnectionDraining");
        var subnets = Wire.Texts(description, "Subnets").ToList();
        block.Text("name", source.Name)
            .List("availability_zones", subnets.Count > 0 ? [] : Wire.Texts(description, "AvailabilityZones").Select(HclBlock.Quoted))
            .List("subnets", subnets.Select(HclBlock.Quoted))
            .List("security_groups", Wire.Texts(description, "SecurityGroups").Select(HclBlock.Quoted))
            .Raw("internal", Wire.Text(description, "Scheme") == "internal" ? "true" : null)
            .List("instances", source.Instances.Select(HclBlock.Quoted))
            .Raw("cross_zone_load_balancing", Wire.Text(Wire.Of(source.Attributes, "CrossZoneLoadBalancing"), "Enabled"))
            .Raw("idle_timeout", Wire.Text(Wire.Of(source.Attributes, "ConnectionSettings"), "IdleTimeout"))
            .Raw("connection_draining", Wire.Text(draining, "Enabled"))
            .Raw("connection_draining_timeout", Wire.Text(draining, "Timeout"));
        foreach (var attribute in Wire.Items(source.Attributes, "AdditionalAttributes"))
        {
            if (Wire.Text(attribute, "Key") == "elb.http.desyncmitigationmode")
            {
                block.Text("desync_mitigation_mode", Wire.Text(attribute, "Value"));
            }
            else
            {
                block.Comment($"The attribute {Wire.Text(attribute, "Key")} = {Wire.Text(attribute, "Value")} has no argument.");
            }
        }

        block.Raw("tags", TerraformText.Tags(source.Tags));
        WriteBlocks(block);
    }

    private void WriteBlocks(HclBlock block)
    {
        foreach (var listener in source.Listeners.Select(one => one["Listener"]))
        {
            var protocol = Wire.Text(listener, "Protocol")?.ToLowerInvariant();
            block.Block(new HclBlock("listener")
                .Raw("lb_port", Wire.Text(listener, "LoadBalancerPort")).Text("lb_protocol", protocol)
                .Raw("instance_port", Wire.Text(listener, "InstancePort"))
                .Text("instance_protocol", Wire.Text(listener, "InstanceProtocol")?.ToLowerInvariant() ?? protocol)
                .Text("ssl_certificate_id", Wire.Text(listener, "SSLCertificateId") is { Length: > 0 } arn ? arn : null));
        }

        var check = Wire.Of(source.Description, "HealthCheck");
        block.Block(new HclBlock("health_check")
            .Text("target", Wire.Text(check, "Target")).Raw("interval", Wire.Text(check, "Interval"))
            .Raw("timeout", Wire.Text(check, "Timeout")).Raw("healthy_threshold", Wire.Text(check, "HealthyThreshold"))
            .Raw("unhealthy_threshold", Wire.Text(check, "UnhealthyThreshold")));
        if (Wire.Of(source.Attributes, "AccessLog") is { } log && Wire.IsTrue(log, "Enabled"))
        {
            block.Block(new HclBlock("access_logs")
                .Text("bucket", Wire.Text(log, "S3BucketName"))
                .Text("bucket_prefix", Wire.Text(log, "S3BucketPrefix") is { Length: > 0 } prefix ? prefix : null)
                .Raw("interval", Wire.Text(log, "EmitInterval")));
        }
    }

    /// <summary>The only kind of policy that the provider imports: one of an application's cookie, alone at a listener.</summary>
    private JsonObject? AppCookiePolicy(JsonObject listener) => Wire.Texts(listener, "PolicyNames").ToList() is [var only]
        ? source.Policies?.FirstOrDefault(policy => Name(policy) == only && Wire.Text(policy, "PolicyTypeName") == AppCookie)
        : null;

    private void WriteListenerPolicies(JsonObject listener, string name)
    {
        var policies = Wire.Texts(listener, "PolicyNames").ToList();
        if (AppCookiePolicy(listener) is { } policy)
        {
            text.Resource(
                "aws_app_cookie_stickiness_policy", text.Label(source.Name, Name(policy)),
                block => block.Text("name", Name(policy)).Raw("load_balancer", name).Raw("lb_port", Port(listener))
                    .Text(
                        "cookie_name", Wire.Text(Wire.Items(policy, "PolicyAttributeDescriptions").FirstOrDefault(), "AttributeValue")),
                $"{source.Name}:{Port(listener)}:{Name(policy)}");
        }
        else if (policies.Count > 0 && policies is not [DefaultNegotiation])
        {
            text.Resource(
                "aws_load_balancer_listener_policy", text.Label(source.Name, "listener", Port(listener) ?? ""),
                block => block.Raw("load_balancer_name", name).Raw("load_balancer_port", Port(listener))
                    .List("policy_names", policies.Select(Reference)),
                importId: null, canBeMadeAgain: true);
        }
    }

    private static void WritePolicy(HclBlock block, JsonObject policy, string loadBalancer)
    {
        block.Raw("load_balancer_name", loadBalancer).Text("policy_name", Name(policy))
            .Text("policy_type_name", Wire.Text(policy, "PolicyTypeName"));
        foreach (var attribute in Planning.ClassicPolicySteps.Attributes(policy))
        {
            block.Block(new HclBlock("policy_attribute")
                .Text("name", Wire.Text(attribute, "AttributeName")).Text("value", Wire.Text(attribute, "AttributeValue")));
        }
    }
}

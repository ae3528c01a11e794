using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>Application and network load balancers as the provider's <c>aws_lb</c> and what belongs to it.</summary>
internal sealed class V2Terraform(TerraformText text, Estate estate)
{
    private const string Arn = "arn";

    public void Write()
    {
        foreach (var group in estate.Of(V2Kind.TargetGroup))
        {
            WriteTargetGroup(group);
        }

        foreach (var loadBalancer in estate.Of(V2Kind.LoadBalancer))
        {
            WriteLoadBalancer(loadBalancer);
            foreach (var listener in estate.Below(loadBalancer))
            {
                WriteListener(loadBalancer, listener);
            }
        }

        foreach (var group in estate.Of(V2Kind.TargetGroup))
        {
            WriteTargets(group);
        }
    }

    private void WriteTargetGroup(V2Resource group)
    {
        var description = group.Description;
        var label = text.Label(group.Name);
        var protocol = Wire.Text(description, "Protocol");
        var version = Wire.Text(description, "ProtocolVersion");
        text.Resource(
            "aws_lb_target_group", label,
            block =>
            {
                block.Text("name", group.Name).Raw("port", Wire.Text(description, "Port")).Text("protocol", protocol)
                    .Text("protocol_version", protocol is "HTTP" or "HTTPS" && version != "HTTP1" ? version : null)
                    .Text("vpc_id", Wire.Text(description, "VpcId")).Text("target_type", Wire.Text(description, "TargetType"))
                    .Text("ip_address_type", Wire.Text(description, "IpAddressType") is "ipv6" and var type ? type : null);
                V2Attributes.Write(block, group);
                block.Raw("tags", TerraformText.Tags(group.Tags)).Block(HealthCheck(description));
                V2Attributes.WriteBlocks(block, group);
            },
            group.Arn);
        text.Refer(group.Arn, $"aws_lb_target_group.{label}.{Arn}");
    }

    /// <summary>A load balancer is a target from when it has a listener on.</summary>
    private void WriteTargets(V2Resource group)
    {
        foreach (var target in group.Targets)
        {
            var (id, port) = (Wire.Text(target, "Id") ?? "", Wire.Text(target, "Port"));
            var loadBalancer = estate.Find(id);
            var listeners = loadBalancer is null ? [] : estate.Below(loadBalancer).Where(listener => listener.Name == port);
            text.Resource(
                "aws_lb_target_group_attachment", text.Label(group.Name, loadBalancer?.Name ?? id, port ?? ""),
                block => block.Raw("target_group_arn", text.Expression(group.Arn)).Raw("target_id", text.Expression(id)).Raw("port", port)
                    .List("depends_on", listeners.Select(listener => text.Expression(listener.Arn)[..^$".{Arn}".Length])),
                importId: null, canBeMadeAgain: true);
        }
    }

    private static HclBlock HealthCheck(JsonObject description)
    {
        var matcher = Wire.Of(description, "Matcher");
        return new HclBlock("health_check")
            .Raw("enabled", Wire.Text(description, "HealthCheckEnabled")).Text("protocol", Wire.Text(description, "HealthCheckProtocol"))
            .Text("port", Wire.Text(description, "HealthCheckPort")).Text("path", Wire.Text(description, "HealthCheckPath"))
            .Text("matcher", Wire.Text(matcher, "HttpCode") ?? Wire.Text(matcher, "GrpcCode"))
            .Raw("interval", Wire.Text(description, "HealthCheckIntervalSeconds"))
            .Raw("timeout", Wire.Text(description, "HealthCheckTimeoutSeconds"))
            .Raw("healthy_threshold", Wire.Text(description, "HealthyThresholdCount"))
            .Raw("unhealthy_threshold", Wire.Text(description, "UnhealthyThresholdCount"));
    }

    private void WriteLoadBalancer(V2Resource loadBalancer)
    {
        var description = loadBalancer.Description;
        var label = text.Label(loadBalancer.Name);
        text.Resource(
            "aws_lb", label,
            block =>
            {
                block.Text("name", loadBalancer.Name).Text("load_balancer_type", Wire.Text(description, "Type"))
                    .Raw("internal", Wire.Text(description, "Scheme") == "internal" ? "true" : "false")
                    .List(
                        "subnets",
                        Wire.Items(description, "AvailabilityZones").Select(zone => Wire.Text(zone, "SubnetId")).OfType<string>()
                            .Select(HclBlock.Quoted))
                    .List("security_groups", Wire.Texts(description, "SecurityGroups").Select(HclBlock.Quoted))
                    .Text("ip_address_type", Wire.Text(description, "IpAddressType"));
                V2Attributes.Write(block, loadBalancer);
                block.Raw("tags", TerraformText.Tags(loadBalancer.Tags));
                V2Attributes.WriteBlocks(block, loadBalancer);
            },
            loadBalancer.Arn);
        text.Refer(loadBalancer.Arn, $"aws_lb.{label}.{Arn}");
    }

    private void WriteListener(V2Resource loadBalancer, V2Resource listener)
    {
        var description = listener.Description;
        var label = text.Label(loadBalancer.Name, listener.Name);
        text.Resource(
            "aws_lb_listener", label,
            block =>
            {
                block.Raw("load_balancer_arn", text.Expression(loadBalancer.Arn)).Raw("port", listener.Name)
                    .Text("protocol", Wire.Text(description, "Protocol")).Text("ssl_policy", Wire.Text(description, "SslPolicy"))
                    .Text("certificate_arn", Wire.Text(Wire.Items(description, "Certificates").FirstOrDefault(), "CertificateArn"))
                    .Text("alpn_policy", Wire.Texts(description, "AlpnPolicy").FirstOrDefault());
                V2Attributes.Write(block, listener);
                block.Raw("tags", TerraformText.Tags(listener.Tags));
                Actions(block, "default_action", description["DefaultActions"]);
                if (Wire.Items(description, "DefaultActions").Any(action => IsUntold(Wire.Of(action, "ForwardConfig"))))
                {
                    // Without the block the provider would switch it off.
                    block.Block(new HclBlock("lifecycle").List("ignore_changes", ["default_action[0].forward[0].stickiness"]));
                }

                block.Block(Members(
                    new HclBlock("mutual_authentication"),
                    Wire.Only(
                        Wire.Of(description, "MutualAuthentication"),
                        "Mode", "TrustStoreArn", "IgnoreClientCertificateExpiry", "AdvertiseTrustStoreCaNames")));
            },
            listener.Arn);
        text.Refer(listener.Arn, $"aws_lb_listener.{label}.{Arn}");
        foreach (var certificate in listener.Certificates)
        {
            text.Resource(
                "aws_lb_listener_certificate", text.Label(label, MissingCertificate.NameOf(certificate)),
                block => block.Raw("listener_arn", text.Expression(listener.Arn)).Text("certificate_arn", certificate),
                $"{listener.Arn}_{certificate}");
        }

        foreach (var rule in estate.Below(listener).Where(rule => !Wire.IsTrue(rule.Description, "IsDefault")))
        {
            WriteRule(label, listener, rule);
        }
    }

    private void WriteRule(string label, V2Resource listener, V2Resource rule) => text.Resource(
        "aws_lb_listener_rule", text.Label(label, rule.Name),
        block =>
        {
            block.Raw("listener_arn", text.Expression(listener.Arn)).Raw("priority", rule.Name)
                .Raw("tags", TerraformText.Tags(rule.Tags));
            Actions(block, "action", rule.Description["Actions"]);
            foreach (var condition in V2Actions.Conditions(rule.Description["Conditions"]).OfType<JsonObject>())
            {
                block.Block(Condition(condition));
            }

            foreach (var transform in Wire.Items(rule.Description, "Transforms"))
            {
                block.Block(Members(new HclBlock("transform"), transform, ending: ""));
            }
        },
        rule.Arn);

    private void Actions(HclBlock block, string name, JsonNode? actions)
    {
        foreach (var (action, described) in V2Actions.Of(actions).OfType<JsonObject>().Zip(
            actions is JsonArray list ? list.OfType<JsonObject>() : []))
        {
            var written = new HclBlock(name).Text("type", Wire.Text(action, "Type")).Raw("order", Wire.Text(action, "Order"));
            if (Wire.Text(action, "TargetGroupArn") is { } group)
            {
                written.Raw("target_group_arn", text.Expression(group));
                if (text.IsImport && described["ForwardConfig"] is { } forward)
                {
                    // An import has both in its state, as the service describes both.
                    written.Block(Forward(forward));
                }
            }
            else if (text.IsImport && Wire.Text(described, "TargetGroupArn") is { } weighted)
            {
                written.Raw("target_group_arn", text.Expression(weighted));
            }

            foreach (var (member, value) in action.Where(member => member.Value is JsonObject))
            {
                var configuration = new HclBlock(Names.Snake(member, "Config"));
                if (member == "AuthenticateOidcConfig")
                {
                    configuration.Raw("client_secret", text.ClientSecret(Wire.Text(value, "ClientId") ?? ""));
                }

                written.Block(member == "ForwardConfig" ? Forward(value) : Members(configuration, value));
            }

            block.Block(written);
        }
    }

    private HclBlock Forward(JsonNode? forward)
    {
        var block = new HclBlock("forward");
        foreach (var group in Wire.Items(forward, "TargetGroups"))
        {
            block.Block(new HclBlock("target_group")
                .Raw("arn", text.Expression(Wire.Text(group, "TargetGroupArn") ?? "")).Raw("weight", Wire.Text(group, "Weight")));
        }

        var stickiness = Wire.Of(forward, "TargetGroupStickinessConfig");
        return !Wire.IsTrue(stickiness, "Enabled") ? block
            : IsUntold(forward) ? block.Comment("TargetGroupStickinessConfig.Enabled = true has no argument without a duration.")
            : block.Block(new HclBlock("stickiness")
                .Raw("enabled", Wire.Text(stickiness, "Enabled")).Raw("duration", Wire.Text(stickiness, "DurationSeconds")));
    }

    /// <summary>
    /// Whether clients are kept with a group as by a network load balancer: without a duration, which the provider wants (5.100.0) and AWS
    /// refuses there.
    /// </summary>
    private static bool IsUntold(JsonNode? forward) => Wire.Of(forward, "TargetGroupStickinessConfig") is { } stickiness
        && Wire.IsTrue(stickiness, "Enabled") && Wire.Text(stickiness, "DurationSeconds") is null;

    /// <summary>
    /// A field and its configuration: <c>path_pattern { values = […] }</c>; each pair of a query string is a block of its own.
    /// </summary>
    private static HclBlock Condition(JsonObject condition)
    {
        var block = new HclBlock("condition");
        foreach (var (member, value) in condition.Where(member => member.Value is JsonObject))
        {
            var name = Names.Snake(member, "Config");
            if (member == "QueryStringConfig")
            {
                foreach (var pair in Wire.Items(value, "Values"))
                {
                    block.Block(Members(new HclBlock(name), pair));
                }
            }
            else
            {
                block.Block(Members(new HclBlock(name), value));
            }
        }

        return condition.Any(member => member.Value is JsonObject)
            ? block
            : block.Block(new HclBlock((Wire.Text(condition, "Field") ?? "").Replace('-', '_'))
                .List("values", Wire.Texts(condition, "Values").Select(HclBlock.Quoted)));
    }

    /// <summary>Whatever a structure has, under the names that the provider makes of AWS's.</summary>
    private static HclBlock Members(HclBlock block, JsonNode? structure, string ending = "Config")
    {
        foreach (var (member, value) in structure as JsonObject ?? [])
        {
            var name = Names.Snake(member, ending);
            switch (value)
            {
                case JsonObject pairs when member == "AuthenticationRequestExtraParams":
                    block.Raw(name, TerraformText.Map(pairs.Select(pair => KeyValuePair.Create(pair.Key, Wire.Text(pair.Value) ?? ""))));
                    break;
                case JsonObject inner:
                    block.Block(Members(new HclBlock(name), inner, ending));
                    break;
                case JsonArray list when list.OfType<JsonObject>().Any():
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        block.Block(Members(new HclBlock(name.TrimEnd('s')), item, ending));
                    }

                    break;
                case JsonArray list:
                    block.List(name, list.Select(Wire.Text).OfType<string>().Select(HclBlock.Quoted));
                    break;
                case not null:
                    block.Raw(name, value.GetValueKind() == System.Text.Json.JsonValueKind.String
                        ? HclBlock.Quoted(Wire.Text(value)!) : Wire.Text(value));
                    break;
                default:
                    break;
            }
        }

        return block;
    }
}

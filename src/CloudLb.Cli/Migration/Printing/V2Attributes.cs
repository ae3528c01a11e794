using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>Attributes, which are keys and values, as the arguments and blocks that the provider has for them.</summary>
internal static class V2Attributes
{
    /// <summary>Those that are spelled otherwise than their keys; the mark is that of a text.</summary>
    private static readonly Dictionary<string, string> Arguments = new(StringComparer.Ordinal)
    {
        ["client_keep_alive.seconds"] = "client_keep_alive", ["idle_timeout.timeout_seconds"] = "idle_timeout",
        ["deletion_protection.enabled"] = "enable_deletion_protection", ["routing.http2.enabled"] = "enable_http2",
        ["routing.http.desync_mitigation_mode"] = "desync_mitigation_mode",
        ["routing.http.drop_invalid_header_fields.enabled"] = "drop_invalid_header_fields",
        ["routing.http.preserve_host_header.enabled"] = "preserve_host_header",
        ["routing.http.x_amzn_tls_version_and_cipher_suite.enabled"] = "enable_tls_version_and_cipher_suite_headers",
        ["routing.http.xff_client_port.enabled"] = "enable_xff_client_port",
        ["routing.http.xff_header_processing.mode"] = "xff_header_processing_mode",
        ["waf.fail_open.enabled"] = "enable_waf_fail_open", ["zonal_shift.config.enabled"] = "enable_zonal_shift",
        ["dns_record.client_routing_policy"] = "dns_record_client_routing_policy",
        ["secondary_ips.auto_assigned.per_subnet"] = "secondary_ips_auto_assigned_per_subnet",
        ["deregistration_delay.timeout_seconds"] = "deregistration_delay",
        ["deregistration_delay.connection_termination.enabled"] = "connection_termination",
        ["slow_start.duration_seconds"] = "slow_start", ["load_balancing.algorithm.type"] = "load_balancing_algorithm_type",
        ["load_balancing.algorithm.anomaly_mitigation"] = "load_balancing_anomaly_mitigation",
        ["preserve_client_ip.enabled"] = "preserve_client_ip", ["proxy_protocol_v2.enabled"] = "proxy_protocol_v2",
    };

    /// <summary>Blocks, those within another behind its name and a point, and the keys that are in them.</summary>
    private static readonly (string Block, (string Key, string Argument)[] Members)[] Blocks =
    [
        ("access_logs", [("access_logs.s3.enabled", "enabled"), ("access_logs.s3.bucket", "bucket"), ("access_logs.s3.prefix", "prefix")]),
        (
            "connection_logs",
            [
                ("connection_logs.s3.enabled", "enabled"), ("connection_logs.s3.bucket", "bucket"),
                ("connection_logs.s3.prefix", "prefix"),
            ]),
        (
            "stickiness",
            [
                ("stickiness.enabled", "enabled"), ("stickiness.type", "type"),
                ("stickiness.lb_cookie.duration_seconds", "cookie_duration"),
                ("stickiness.app_cookie.duration_seconds", "cookie_duration"),
                ("stickiness.app_cookie.cookie_name", "cookie_name"),
            ]),
        (
            "target_failover",
            [("target_failover.on_deregistration", "on_deregistration"), ("target_failover.on_unhealthy", "on_unhealthy")]),
        ("target_group_health.dns_failover", Healthy("dns_failover")),
        ("target_group_health.unhealthy_state_routing", Healthy("unhealthy_state_routing")),
        (
            "target_health_state",
            [
                ("target_health_state.unhealthy.connection_termination.enabled", "enable_unhealthy_connection_termination"),
                ("target_health_state.unhealthy.draining_interval_seconds", "unhealthy_draining_interval"),
            ]),
    ];

    /// <summary>Those that are an argument; one that is none stands in a comment, so that nobody misses it unknowingly.</summary>
    public static void Write(HclBlock block, V2Resource resource)
    {
        foreach (var (key, value) in Given(resource).Where(one => !InABlock(one.Key)))
        {
            if ((Arguments.GetValueOrDefault(key) ?? Other(resource, key)) is { } argument)
            {
                block.Raw(argument, Value(value));
            }
            else
            {
                block.Comment($"The attribute {key} = {value} has no argument.");
            }
        }
    }

    public static void WriteBlocks(HclBlock block, V2Resource resource)
    {
        var given = Given(resource).ToDictionary();
        var outer = new Dictionary<string, HclBlock>();
        foreach (var (name, members) in Blocks.Where(one => one.Members.Any(member => given.ContainsKey(member.Key))))
        {
            var all = resource.Attributes.ToDictionary(one => Wire.Text(one, "Key") ?? "", one => Wire.Text(one, "Value") ?? "");
            var written = new HclBlock(name[(name.IndexOf('.') + 1)..]);
            var type = all.GetValueOrDefault("stickiness.type");
            foreach (var (key, argument) in members.Where(member => Belongs(member.Key, type)))
            {
                if (all.TryGetValue(key, out var value) && value.Length > 0)
                {
                    written.Raw(argument, Value(value));
                }
            }

            if (name.Split('.') is not [var parent, _])
            {
                block.Block(written);
            }
            else if (outer.TryGetValue(parent, out var known))
            {
                known.Block(written);
            }
            else
            {
                outer[parent] = new HclBlock(parent).Block(written);
            }
        }

        foreach (var one in outer.Values)
        {
            block.Block(one);
        }
    }

    private static (string Key, string Argument)[] Healthy(string kind) =>
    [
        ($"target_group_health.{kind}.minimum_healthy_targets.count", "minimum_healthy_targets_count"),
        ($"target_group_health.{kind}.minimum_healthy_targets.percentage", "minimum_healthy_targets_percentage"),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Given(V2Resource resource) => resource.Attributes
        .Select(one => KeyValuePair.Create(Wire.Text(one, "Key") ?? "", Wire.Text(one, "Value") ?? ""))
        .Where(one => !V2Defaults.IsDefault(resource, one.Key, one.Value) && V2Defaults.HasEffect(resource, one.Key));

    private static bool InABlock(string key) => Blocks.Any(block => block.Members.Any(member => member.Key == key));

    private static bool Belongs(string key, string? stickiness) =>
        !key.StartsWith("stickiness.", StringComparison.Ordinal) || key is "stickiness.enabled" or "stickiness.type"
            || (stickiness is "lb_cookie" or "app_cookie" && key.StartsWith($"stickiness.{stickiness}.", StringComparison.Ordinal));

    private static string? Other(V2Resource resource, string key) => resource.Kind switch
    {
        V2Kind.Listener => key.Replace('.', '_'),
        V2Kind.LoadBalancer when key == "load_balancing.cross_zone.enabled" => "enable_cross_zone_load_balancing",
        V2Kind.TargetGroup when key == "load_balancing.cross_zone.enabled" => "load_balancing_cross_zone_enabled",
        _ => null,
    };

    private static string Value(string value) =>
        value is "true" or "false" || (value.Length is > 0 and < 10 && value.All(char.IsAsciiDigit)) ? value : HclBlock.Quoted(value);
}

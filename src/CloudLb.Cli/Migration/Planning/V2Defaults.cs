using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>
/// AWS's defaults of attributes, as its documentation has them. They only keep what is printed and sent short: what stands not here is
/// sent, and a default that is sent changes nothing.
/// </summary>
internal static class V2Defaults
{
    private static readonly Dictionary<string, string> OfAll = new(StringComparer.Ordinal)
    {
        ["access_logs.s3.enabled"] = "false", ["access_logs.s3.bucket"] = "", ["access_logs.s3.prefix"] = "",
        ["connection_logs.s3.enabled"] = "false", ["connection_logs.s3.bucket"] = "", ["connection_logs.s3.prefix"] = "",
        ["health_check_logs.s3.enabled"] = "false", ["health_check_logs.s3.bucket"] = "", ["health_check_logs.s3.prefix"] = "",
        ["client_keep_alive.seconds"] = "3600", ["deletion_protection.enabled"] = "false",
        ["idle_timeout.timeout_seconds"] = "60", ["ipv6.deny_all_igw_traffic"] = "false",
        ["routing.http.desync_mitigation_mode"] = "defensive", ["routing.http.drop_invalid_header_fields.enabled"] = "false",
        ["routing.http.preserve_host_header.enabled"] = "false",
        ["routing.http.x_amzn_tls_version_and_cipher_suite.enabled"] = "false", ["routing.http.xff_client_port.enabled"] = "false",
        ["routing.http.xff_header_processing.mode"] = "append", ["routing.http2.enabled"] = "true", ["waf.fail_open.enabled"] = "false",
        ["zonal_shift.config.enabled"] = "false", ["dns_record.client_routing_policy"] = "any_availability_zone",
        ["secondary_ips.auto_assigned.per_subnet"] = "0",
        ["deregistration_delay.timeout_seconds"] = "300", ["deregistration_delay.connection_termination.enabled"] = "false",
        ["stickiness.enabled"] = "false", ["stickiness.lb_cookie.duration_seconds"] = "86400",
        ["stickiness.app_cookie.duration_seconds"] = "86400", ["stickiness.app_cookie.cookie_name"] = "",
        ["slow_start.duration_seconds"] = "0",
        ["load_balancing.algorithm.type"] = "round_robin", ["load_balancing.algorithm.anomaly_mitigation"] = "off",
        ["load_balancing.cross_zone.enabled"] = "use_load_balancer_configuration",
        ["target_group_health.dns_failover.minimum_healthy_targets.count"] = "1",
        ["target_group_health.dns_failover.minimum_healthy_targets.percentage"] = "off",
        ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count"] = "1",
        ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage"] = "off",
        ["target_health_state.unhealthy.connection_termination.enabled"] = "true",
        ["target_health_state.unhealthy.draining_interval_seconds"] = "0",
        ["routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name"] = "X-Amzn-Mtls-Clientcert-Serial-Number",
        ["routing.http.request.x_amzn_mtls_clientcert_issuer.header_name"] = "X-Amzn-Mtls-Clientcert-Issuer",
        ["routing.http.request.x_amzn_mtls_clientcert_subject.header_name"] = "X-Amzn-Mtls-Clientcert-Subject",
        ["routing.http.request.x_amzn_mtls_clientcert_validity.header_name"] = "X-Amzn-Mtls-Clientcert-Validity",
        ["routing.http.request.x_amzn_mtls_clientcert_leaf.header_name"] = "X-Amzn-Mtls-Clientcert-Leaf",
        ["routing.http.request.x_amzn_mtls_clientcert.header_name"] = "X-Amzn-Mtls-Clientcert",
        ["routing.http.request.x_amzn_tls_version.header_name"] = "X-Amzn-Tls-Version",
        ["routing.http.request.x_amzn_tls_cipher_suite.header_name"] = "X-Amzn-Tls-Cipher-Suite",
        ["proxy_protocol_v2.enabled"] = "false", ["routing.http.response.server.enabled"] = "true",
        ["tcp.idle_timeout.seconds"] = "350", ["target_failover.on_deregistration"] = "no_rebalance",
        ["target_failover.on_unhealthy"] = "no_rebalance",
    };

    public static bool IsDefault(V2Resource resource, string key, string value) => key switch
    {
        // An application load balancer always spreads over zones; a network load balancer does when it is told to.
        "load_balancing.cross_zone.enabled" when resource.Kind == V2Kind.LoadBalancer =>
            value == (Wire.Text(resource.Description, "Type") == "application" ? "true" : "false"),
        "stickiness.type" => value == (Wire.Text(resource.Description, "Protocol") is "HTTP" or "HTTPS" ? "lb_cookie" : "source_ip"),
        _ when resource.Kind == V2Kind.Listener && value.Length == 0 => true,
        _ => OfAll.GetValueOrDefault(key) == value,
    };

    /// <summary>AWS describes one that no call may set.</summary>
    public static bool HasEffect(V2Resource resource, string key) =>
        key != "load_balancing.cross_zone.enabled" || resource.Kind != V2Kind.LoadBalancer
            || Wire.Text(resource.Description, "Type") != "application";
}

using static CloudLb.Tests.Clients.Terraform.TerraformActions;
using static CloudLb.Tests.Clients.Terraform.TerraformV2Resources;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>What is changed in the resources of version 2.</summary>
internal static class TerraformV2Changes
{
    /// <summary>One change of about every argument, which can all be made at once.</summary>
    public static readonly TerraformChange[] OfEach =
    [
        new(Web, "idle_timeout", "idle_timeout = 90"),
        new(Web, "security_groups", "security_groups = [\"sg-0b\", \"sg-0a\"]"),
        new(Web, "tags", "tags = { team = \"a\", empty = \"\", \"über alles\" = \"é\" }"),
        new(Web, "subnets", "subnets = [\"subnet-0c\", \"subnet-0b\"]"),
        new(Web, "connection_logs", "connection_logs {\n    bucket  = \"logs\"\n    prefix  = \"web\"\n    enabled = true\n  }"),
        new(Web, "access_logs", "access_logs {\n    bucket  = \"logs\"\n    enabled = true\n  }"),
        new(Heads, "desync_mitigation_mode", "desync_mitigation_mode = \"strictest\""),
        new(Heads, "drop_invalid_header_fields", "drop_invalid_header_fields = true"),
        new(Heads, "enable_http2", "enable_http2 = false"),
        new(Heads, "preserve_host_header", "preserve_host_header = true"),
        new(Heads, "tells TLS", "enable_tls_version_and_cipher_suite_headers = true"),
        new(Heads, "enable_xff_client_port", "enable_xff_client_port = true"),
        new(Heads, "xff_header_processing_mode", "xff_header_processing_mode = \"preserve\""),
        new(Heads, "client_keep_alive", "client_keep_alive = 600"),
        new(Net, "access_logs", "access_logs {\n    bucket  = \"logs\"\n    enabled = true\n  }"),
        new(Net, "enable_cross_zone_load_balancing", "enable_cross_zone_load_balancing = true"),
        new(Net, "tags", "tags = { team = \"n\" }"),
        new(Group, "deregistration_delay", "deregistration_delay = 60"),
        new(Group, "algorithm", "load_balancing_algorithm_type = \"least_outstanding_requests\""),
        new(Group, "cross zone", "load_balancing_cross_zone_enabled = \"true\""),
        new(Group, "stickiness", "stickiness {\n    type            = \"lb_cookie\"\n    cookie_duration = 600\n  }"),
        new(Group, "health check", HealthCheck("/ping", "8001", 10, 5, 2, 3, "200-299,301")),
        new(Group, "health", Health("2", "off", 1, "50")),
        new(Group, "tags", "tags = { team = \"a\" }"),
        new(Other, "cross zone", "load_balancing_cross_zone_enabled = \"false\""),
        new(Versioned, "version", Version("HTTP2", "/ping", "200-299")),
        new(Streams, "proxy_protocol_v2", "proxy_protocol_v2 = true"),
        new(Streams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = true\n  }"),
        new(Streams, "connection_termination", "connection_termination = true"),
        new(Streams, "state", "target_health_state {\n    enable_unhealthy_connection_termination = false\n  }"),
        new(Datagrams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = true\n  }"),
        new(Datagrams, "health check", "health_check {\n    protocol = \"HTTP\"\n    path     = \"/up\"\n    matcher  = \"200\"\n  }"),
        new(Attachment, "port", "port = 8001"),
        new(Listener, "default action", $"default_action {Redirect}"),
        new(Listener, "tags", "tags = { team = \"a\" }"),
        new(Listener, "server", "routing_http_response_server_enabled = false"),
        new(Listener, "origin", Answers("access_control_allow_origin", "https://a.example.com")),
        new(Listener, "methods", Answers("access_control_allow_methods", "GET,PUT")),
        new(Listener, "headers", Answers("access_control_allow_headers", "X-A,X-B")),
        new(Listener, "credentials", Answers("access_control_allow_credentials", "true")),
        new(Listener, "exposed", Answers("access_control_expose_headers", "X-C")),
        new(Listener, "age", Answers("access_control_max_age", "600")),
        new(Listener, "transport", Answers("strict_transport_security", "max-age=31536000; includeSubDomains")),
        new(Secure, "ssl_policy", "ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\""),
        new(Secure, "certificate", "certificate_arn = aws_acm_certificate.web[\"third\"].arn"),
        new(Secure, "version", "routing_http_request_x_amzn_tls_version_header_name = \"X-Version\""),
        new(Secure, "cipher", "routing_http_request_x_amzn_tls_cipher_suite_header_name = \"X-Cipher\""),
        new(Secure, "transport", Answers("strict_transport_security", "max-age=31536000; includeSubDomains")),
        new(Secure, "content", Answers("content_security_policy", "default-src 'self'")),
        new(Secure, "type", Answers("x_content_type_options", "nosniff")),
        new(Secure, "frames", Answers("x_frame_options", "SAMEORIGIN")),
        new(Secure, "default action", SignsIn("default_action", Secret)),
        new(SignedIn, "action", SignsIn("action", Secret, SignInOtherwise)),
        new(Turned, "protocol", """
            protocol = "HTTPS"
              ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-2021-06"
              certificate_arn = aws_acm_certificate.web["second"].arn
            """),
        new(Tcp, "tcp_idle_timeout_seconds", "tcp_idle_timeout_seconds = 60"),
        new(Tls, "alpn_policy", "alpn_policy = \"HTTP2Preferred\""),
        new(Tls, "certificate", "certificate_arn = aws_acm_certificate.web[\"second\"].arn"),
        new(Tls, "ssl_policy", "ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\""),
        new(Named, "certificate", "certificate_arn = aws_acm_certificate.web[\"first\"].arn"),
        new(Rule, "priority", "priority = 100"),
        new(Rule, "action", $"action {Redirect}"),
        new(Rule, "tags", "tags = { team = \"a\" }"),
        new(Rule, "condition", """
            condition {
                host_header {
                  values = ["a.example.com", "*.b.example.com"]
                }
              }
              condition {
                http_header {
                  http_header_name = "X-Kind"
                  values           = ["a*", "?b"]
                }
              }
            """),
    ];

    /// <summary>Other values, and what an argument means that is left out.</summary>
    public static readonly TerraformChange[] Further =
    [
        new(Web, "idle_timeout", "idle_timeout = 4000"),
        new(Web, "enable_deletion_protection", "enable_deletion_protection = true"),
        new(Web, "security_groups", "security_groups = [\"sg-0b\"]"),
        new(Web, "connection_logs", "connection_logs {\n    bucket  = \"other-logs\"\n    enabled = true\n  }"),
        new(Web, "access_logs", "access_logs {\n    bucket  = \"logs\"\n    prefix  = \"a/b\"\n    enabled = false\n  }"),
        new(Web, "connection_logs", ""),
        new(Web, "access_logs", ""),
        new(Web, "idle_timeout", ""),
        new(Web, "enable_deletion_protection", "enable_deletion_protection = false"),
        new(Web, "tags", ""),
        new(Heads, "desync_mitigation_mode", "desync_mitigation_mode = \"monitor\""),
        new(Heads, "drop_invalid_header_fields", ""),
        new(Heads, "enable_http2", ""),
        new(Heads, "preserve_host_header", ""),
        new(Heads, "tells TLS", ""),
        new(Heads, "enable_xff_client_port", ""),
        new(Heads, "xff_header_processing_mode", "xff_header_processing_mode = \"remove\""),
        new(Heads, "client_keep_alive", "client_keep_alive = 604800"),
        new(Heads, "xff_header_processing_mode", ""),
        new(Heads, "client_keep_alive", ""),
        new(Net, "enable_cross_zone_load_balancing", ""),
        new(Net, "access_logs", ""),
        new(Net, "subnets", "subnets = [\"subnet-0a\", \"subnet-0b\"]"),
        new(Net, "tags", ""),
        new(Group, "deregistration_delay", "deregistration_delay = 0"),
        new(Group, "algorithm", """
            load_balancing_algorithm_type     = "weighted_random"
              load_balancing_anomaly_mitigation = "on"
            """),
        new(Group, "algorithm", """
            load_balancing_algorithm_type     = "round_robin"
              load_balancing_anomaly_mitigation = "off"
              slow_start                        = 30
            """),
        new(Group, "algorithm", ""),
        new(Group, "stickiness", """
            stickiness {
                type            = "app_cookie"
                cookie_name     = "JSESSIONID"
                cookie_duration = 60
              }
            """),
        new(Group, "stickiness", "stickiness {\n    type    = \"lb_cookie\"\n    enabled = false\n  }"),
        new(Group, "cross zone", "load_balancing_cross_zone_enabled = \"use_load_balancer_configuration\""),
        new(Group, "health check", HealthCheck("/", "traffic-port", 300, 120, 10, 10, "404").Replace(
            "\"HTTP\"", "\"HTTPS\"", StringComparison.Ordinal)),
        new(Group, "health", Health("off", "30", 2, "off")),
        new(Group, "tags", ""),
        new(Versioned, "version", Version("GRPC", "/a.B/C", "0-99")),
        new(Versioned, "version", "protocol_version = \"HTTP1\""),
        new(Streams, "proxy_protocol_v2", ""),
        new(Streams, "connection_termination", ""),
        new(Streams, "preserve_client_ip", "preserve_client_ip = \"false\""),
        new(Streams, "state", "target_health_state {\n    enable_unhealthy_connection_termination = true\n  }"),
        new(Streams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = false\n  }"),
        new(
            Streams, "health check",
            "health_check {\n    protocol = \"HTTP\"\n    path     = \"/up\"\n    interval = 20\n    matcher  = \"200-399\"\n  }"),
        new(Datagrams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = false\n  }"),
        new(
            Datagrams, "health check",
            "health_check {\n    protocol = \"HTTP\"\n    path     = \"/\"\n    port     = \"8080\"\n    matcher  = \"200-399\"\n  }"),
        new(Attachment, "target", "target_id = \"i-0b\""),
        new(Listener, "default action", $"default_action {Fixed}"),
        new(Listener, "port", "port = 8284"),
        new(Listener, "server", ""),
        new(Listener, "origin", Answers("access_control_allow_origin", "*")),
        new(Listener, "default action", $"default_action {Weighted}"),
        new(Listener, "default action", $"default_action {Sticky}"),
        new(Listener, "tags", ""),
        new(Secure, "version", "routing_http_request_x_amzn_tls_version_header_name = \"X-Amzn-Tls-Version\""),
        new(Secure, "frames", Answers("x_frame_options", "DENY")),
        new(Secure, "default action", SignsIn("default_action", "another", SignInOtherwise)),
        new(Secure, "default action", $"default_action {Fixed}"),
        new(SignedIn, "action", SignsIn("action", Secret, "on_unauthenticated_request = \"allow\"\n      scope = \"openid\"")),
        new(SignedIn, "action", $"action {Forward}"),
        new(Elsewhere, "port", "port = 27"),
        new(Tcp, "tcp_idle_timeout_seconds", "tcp_idle_timeout_seconds = 6000"),
        new(Tcp, "port", "port = 8285"),
        new(Tls, "alpn_policy", "alpn_policy = \"None\""),
        new(Tls, "alpn_policy", "alpn_policy = \"HTTP1Only\""),
        new(Rule, "priority", "priority = 7"),
        new(Rule, "action", $"action {Fixed}"),
        new(Rule, "condition", """
            condition {
                query_string {
                  key   = "a"
                  value = "b*"
                }
                query_string {
                  value = "c"
                }
              }
              condition {
                source_ip {
                  values = ["10.0.0.0/8", "192.0.2.1/32"]
                }
              }
              condition {
                http_request_method {
                  values = ["PUT"]
                }
              }
            """),
        new(Rule, "action", $"action {Weighted}"),
        new(Rule, "action", $"action {Sticky}"),
        new(Rule, "condition", "condition {\n    path_pattern {\n      values = [\"/b/*\", \"/c?\"]\n    }\n  }"),
        new(Rule, "tags", ""),
    ];

    /// <summary>Each of them makes another resource in the place of the one that there is.</summary>
    public static readonly TerraformChange[] Replacing =
    [
        new(Web, "internal", "internal = true"),
        new(Web, "name", "name_prefix = \"tfx-\""),
        new(Net, "internal", "internal = true"),
        new(Net, "subnets", "subnet_mapping {\n    subnet_id = \"subnet-0b\"\n  }"),
        new(Group, "name", "name_prefix = \"tfx-\"\n  lifecycle {\n    create_before_destroy = true\n  }"),
        new(Streams, "name", "name_prefix = \"tfy-\"\n  lifecycle {\n    create_before_destroy = true\n  }"),
        new(Streams, "port", "port = 26"),
    ];

    private static string HealthCheck(
        string path, string port, int interval, int timeout, int healthy, int unhealthy, string matcher) => $$"""
        health_check {
            path                = "{{path}}"
            port                = "{{port}}"
            protocol            = "HTTP"
            interval            = {{interval}}
            timeout             = {{timeout}}
            healthy_threshold   = {{healthy}}
            unhealthy_threshold = {{unhealthy}}
            matcher             = "{{matcher}}"
          }
        """;

    private static string Version(string version, string path, string matcher) => $$"""
        protocol_version = "{{version}}"
          health_check {
            path    = "{{path}}"
            matcher = "{{matcher}}"
          }
        """;

    private static string Health(string dnsCount, string dnsPercentage, int count, string percentage) => $$"""
        target_group_health {
            dns_failover {
              minimum_healthy_targets_count      = "{{dnsCount}}"
              minimum_healthy_targets_percentage = "{{dnsPercentage}}"
            }
            unhealthy_state_routing {
              minimum_healthy_targets_count      = {{count}}
              minimum_healthy_targets_percentage = "{{percentage}}"
            }
          }
        """;

    private static string Answers(string header, string value) => $"routing_http_response_{header}_header_value = \"{value}\"";
}

using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are: each argument of the resources of version 2 that CloudLb carries, set and changed.
/// </summary>
public sealed class TerraformV2ArgumentTests(TerraformServer server)
{
    private const string Web = "aws_lb.web";
    private const string Net = "aws_lb.net";
    private const string Group = "aws_lb_target_group.web";
    private const string Streams = "aws_lb_target_group.net";
    private const string Listener = "aws_lb_listener.web";
    private const string Rule = "aws_lb_listener_rule.web";
    private const string Secure = "aws_lb_listener.secure";
    private const string Named = "aws_lb_listener_certificate.web";
    private const string Certificates = "aws_acm_certificate.web";
    private const string Attachment = "aws_lb_target_group_attachment.web";

    private const string Forward = """
        {
            type             = "forward"
            target_group_arn = aws_lb_target_group.web.arn
          }
        """;

    private const string Redirect = """
        {
            type = "redirect"
            redirect {
              host        = "www.#{host}"
              path        = "/new/#{path}"
              port        = "8443"
              protocol    = "HTTPS"
              query       = "a=b&#{query}"
              status_code = "HTTP_302"
            }
          }
        """;

    private const string Fixed = """
        {
            type = "fixed-response"
            fixed_response {
              content_type = "application/json"
              message_body = "{\"a\": \"b\"}"
              status_code  = "503"
            }
          }
        """;

    private const string Weighted = """
        {
            type = "forward"
            forward {
              target_group {
                arn    = aws_lb_target_group.web.arn
                weight = 80
              }
              target_group {
                arn    = aws_lb_target_group.other.arn
                weight = 20
              }
            }
          }
        """;

    /// <summary>The resources, in the order in which they stand, and the arguments that each has at first.</summary>
    private static readonly (string Resource, (string Argument, string Text)[] Arguments)[] First =
    [
        (Web, [
            ("name", "name = \"terraform-args\""), ("type", "load_balancer_type = \"application\""),
            ("subnets", "subnets = [\"subnet-0a\", \"subnet-0b\"]"),
        ]),
        (Net, [
            ("name", "name = \"terraform-argn\""), ("type", "load_balancer_type = \"network\""),
            ("subnets", "subnets = [\"subnet-0a\"]"),
        ]),
        (Group, [
            ("name", "name = \"terraform-args\""), ("port", "port = 8000"), ("protocol", "protocol = \"HTTP\""),
            ("vpc", "vpc_id = \"vpc-0a\""),
        ]),
        ("aws_lb_target_group.other", [
            ("name", "name = \"terraform-argo\""), ("port", "port = 8000"), ("protocol", "protocol = \"HTTP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("tags", "tags = { team = \"o\" }"),
        ]),
        (Streams, [
            ("name", "name = \"terraform-argn\""), ("port", "port = 25"), ("protocol", "protocol = \"TCP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("kind", "target_type = \"ip\""),
        ]),
        (Attachment, [
            ("group", "target_group_arn = aws_lb_target_group.web.arn"), ("target", "target_id = \"i-0a\""),
        ]),
        (Listener, [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8281"), ("protocol", "protocol = \"HTTP\""),
            ("default action", $"default_action {Forward}"),
        ]),
        ("aws_lb_listener.other", [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8282"), ("protocol", "protocol = \"HTTP\""),
            ("default action", $"default_action {Weighted}"), ("tags", "tags = { team = \"o\" }"),
        ]),
        ("aws_lb_listener.net", [
            ("load balancer", "load_balancer_arn = aws_lb.net.arn"), ("port", "port = 8283"), ("protocol", "protocol = \"TCP\""),
            ("default action", $"default_action {Forward.Replace("group.web", "group.net", StringComparison.Ordinal)}"),
        ]),
        (Certificates, [
            ("all", "for_each = toset([\"first\", \"second\", \"third\"])"),
            ("body", "certificate_body = file(\"${path.module}/${each.key}.pem\")"),
            ("key", "private_key = file(\"${path.module}/${each.key}.key\")"),
        ]),
        (Secure, [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8443"), ("protocol", "protocol = \"HTTPS\""),
            ("certificate", "certificate_arn = aws_acm_certificate.web[\"first\"].arn"), ("default action", $"default_action {Forward}"),
        ]),
        (Named, [
            ("listener", "listener_arn = aws_lb_listener.secure.arn"),
            ("certificate", "certificate_arn = aws_acm_certificate.web[\"second\"].arn"),
        ]),
        (Rule, [
            ("listener", "listener_arn = aws_lb_listener.web.arn"), ("action", $"action {Forward}"),
            ("condition", "condition {\n    path_pattern {\n      values = [\"/a/*\"]\n    }\n  }"),
        ]),
    ];

    /// <summary>Groups of changes, each an argument of a resource and what it says from then on; nothing: it is left out.</summary>
    private static IEnumerable<(string Resource, string Argument, string Text)[]> Changes =>
    [
        [
            (Web, "idle_timeout", "idle_timeout = 90"),
            (Web, "desync_mitigation_mode", "desync_mitigation_mode = \"strictest\""),
            (Web, "security_groups", "security_groups = [\"sg-0b\", \"sg-0a\"]"),
            (Web, "tags", "tags = { team = \"a\", empty = \"\", \"über alles\" = \"é\" }"),
            (Web, "subnets", "subnets = [\"subnet-0c\", \"subnet-0b\"]"),
            (Web, "connection_logs", "connection_logs {\n    bucket  = \"logs\"\n    prefix  = \"web\"\n    enabled = true\n  }"),
            (Net, "access_logs", "access_logs {\n    bucket  = \"logs\"\n    enabled = true\n  }"),
            (Net, "enable_cross_zone_load_balancing", "enable_cross_zone_load_balancing = true"),
            (Net, "tags", "tags = { team = \"n\" }"),
            (Group, "deregistration_delay", "deregistration_delay = 60"),
            (Group, "algorithm", "load_balancing_algorithm_type = \"least_outstanding_requests\""),
            (Group, "cross zone", "load_balancing_cross_zone_enabled = \"false\""),
            (Group, "health check", HealthCheck("/ping", "8001", 10, 5, 2, 3, "200-299,301")),
            (Group, "tags", "tags = { team = \"a\" }"),
            (Streams, "proxy_protocol_v2", "proxy_protocol_v2 = true"),
            (Streams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = true\n  }"),
            (Attachment, "port", "port = 8001"),
            (Listener, "default action", $"default_action {Redirect}"),
            (Listener, "tags", "tags = { team = \"a\" }"),
            (Secure, "ssl_policy", "ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\""),
            (Secure, "certificate", "certificate_arn = aws_acm_certificate.web[\"third\"].arn"),
            (Named, "certificate", "certificate_arn = aws_acm_certificate.web[\"first\"].arn"),
            (Rule, "priority", "priority = 100"),
            (Rule, "action", $"action {Redirect}"),
            (Rule, "tags", "tags = { team = \"a\" }"),
            (Rule, "condition", """
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
        ],
    ];

    /// <summary>Where every change is a step: the waits of the provider take most of a minute in each.</summary>
    private static IEnumerable<(string Resource, string Argument, string Text)[]> FurtherChanges =>
    [
        [
            (Web, "idle_timeout", "idle_timeout = 4000"),
            (Web, "desync_mitigation_mode", "desync_mitigation_mode = \"monitor\""),
            (Web, "enable_deletion_protection", "enable_deletion_protection = true"),
            (Web, "security_groups", "security_groups = [\"sg-0b\"]"),
            (Web, "tags", "tags = { team = \"b\" }"),
            (Web, "connection_logs", "connection_logs {\n    bucket  = \"other-logs\"\n    enabled = true\n  }"),
            (Net, "enable_cross_zone_load_balancing", ""),
            (Group, "deregistration_delay", "deregistration_delay = 0"),
            (Group, "algorithm", "load_balancing_algorithm_type = \"weighted_random\""),
            (Group, "algorithm", ""),
            (Group, "slow_start", "slow_start = 30"),
            (Group, "slow_start", ""),
            (Group, "cross zone", "load_balancing_cross_zone_enabled = \"use_load_balancer_configuration\""),
            (Group, "health check", HealthCheck("/", "traffic-port", 300, 120, 10, 10, "404").Replace(
                "\"HTTP\"", "\"HTTPS\"", StringComparison.Ordinal)),
            (Group, "tags", ""),
            (Streams, "proxy_protocol_v2", ""),
            (Streams, "connection_termination", "connection_termination = true"),
            (Streams, "stickiness", "stickiness {\n    type    = \"source_ip\"\n    enabled = false\n  }"),
            (
                Streams, "health check",
                "health_check {\n    protocol = \"HTTP\"\n    path     = \"/up\"\n    interval = 20\n    matcher  = \"200-399\"\n  }"),
            (Attachment, "target", "target_id = \"i-0b\""),
            (Listener, "default action", $"default_action {Fixed}"),
            (Listener, "port", "port = 8284"),
            (Rule, "priority", "priority = 7"),
            (Rule, "action", $"action {Fixed}"),
            (Rule, "condition", """
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
        ],
        [
            (Web, "connection_logs", ""),
            (Net, "access_logs", ""),
            (Web, "idle_timeout", ""),
            (Web, "enable_deletion_protection", "enable_deletion_protection = false"),
            (Web, "desync_mitigation_mode", ""),
            (Web, "tags", ""),
            (Group, "algorithm", ""),
            (Group, "health check", ""),
            (Streams, "connection_termination", ""),
            (Listener, "default action", $"default_action {Weighted}"),
            (Listener, "tags", ""),
            (Rule, "action", $"action {Weighted}"),
            (Rule, "condition", "condition {\n    path_pattern {\n      values = [\"/b/*\", \"/c?\"]\n    }\n  }"),
            (Rule, "tags", ""),
        ],
        [
            // Each of them makes another resource in the place of the one that there is.
            (Web, "internal", "internal = true"),
            (Web, "name", "name_prefix = \"tfx-\""),
            (Net, "internal", "internal = true"),
            (Net, "subnets", "subnet_mapping {\n    subnet_id = \"subnet-0b\"\n  }"),
            (Group, "name", "name_prefix = \"tfx-\"\n  lifecycle {\n    create_before_destroy = true\n  }"),
            (Streams, "port", "port = 26"),
        ],
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_argument_is_set_and_changed_and_a_plan_finds_nothing_to_do_after_each_step()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.Block, Token);
        var resources = First.ToDictionary(
            one => one.Resource,
            one => new SortedDictionary<string, string>(one.Arguments.ToDictionary(each => each.Argument, each => each.Text)));

        foreach (var name in new[] { "first", "second", "third" })
        {
            TerraformCertificate.Write(workspace, name);
        }

        await workspace.ApplyAsync("made", Configuration(resources));
        foreach (var step in TerraformRounds.Steps(TerraformRounds.AreAll ? Changes.Concat(FurtherChanges) : Changes))
        {
            foreach (var (resource, argument, text) in step)
            {
                resources[resource][argument] = text;
            }

            await workspace.ApplyAsync(
                string.Join(", ", step.Select(change => $"{change.Resource}: {change.Argument}")), Configuration(resources));
        }

        await workspace.DestroyAsync();
    }

    private static string Configuration(Dictionary<string, SortedDictionary<string, string>> resources) => string.Concat(
        resources.Select(one => $$"""
        resource "{{one.Key.Split('.')[0]}}" "{{one.Key.Split('.')[1]}}" {
          {{string.Join("\n  ", one.Value.Values)}}
        }

        """));

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
}

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Terraform and the AWS provider as they are: an application and a network load balancer with what belongs to each.</summary>
internal sealed class TerraformV2Basics(TerraformServer server) : ITerraformScenario
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, cancellationToken);
        TerraformCertificate.Write(workspace, "first");
        TerraformCertificate.Write(workspace, "second");
        await workspace.ApplyAsync("made", Configuration("a", 60, "/", 300, "slow_start = 45"));
        await workspace.ApplyAsync(
            "changed",
            Configuration("b", 90, "/ping", 60, "load_balancing_algorithm_type = \"least_outstanding_requests\"")
                .Replace("port              = 8181", "port              = 8182", StringComparison.Ordinal));
        await workspace.DestroyAsync();
    }

    private const string WeightedForward = """
        forward {
              target_group {
                arn    = aws_lb_target_group.net.arn
                weight = 90
              }
              target_group {
                arn    = aws_lb_target_group.net_other.arn
                weight = 10
              }
            }
        """;

    private static string Configuration(string team, int idleTimeout, string path, int delay, string more) => $$"""
        resource "aws_lb" "web" {
          name               = "terraform-web"
          load_balancer_type = "application"
          subnets            = ["subnet-0a", "subnet-0b"]
          security_groups    = ["sg-0a"]
          idle_timeout       = {{idleTimeout}}
          tags               = { team = "{{team}}" }
        }
        resource "aws_lb_target_group" "web" {
          name                 = "terraform-web"
          port                 = 8000
          protocol             = "HTTP"
          vpc_id               = "vpc-0a"
          deregistration_delay = {{delay}}
          {{more}}
          health_check {
            path     = "{{path}}"
            interval = 10
          }
          tags = { team = "{{team}}" }
        }
        resource "aws_lb_target_group_attachment" "web" {
          target_group_arn = aws_lb_target_group.web.arn
          target_id        = "i-0a"
          port             = 8001
        }
        resource "aws_lb_listener" "web" {
          load_balancer_arn = aws_lb.web.arn
          port              = 8181
          protocol          = "HTTP"
          default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.web.arn
          }
          tags = { team = "{{team}}" }
        }

        {{TerraformCertificate.Resource("first", "terraform-first-")}}
        {{TerraformCertificate.Resource("second", "terraform-second-")}}
        resource "aws_lb_listener" "secure" {
          load_balancer_arn = aws_lb.web.arn
          port              = 8443
          protocol          = "HTTPS"
          ssl_policy        = "{{(idleTimeout == 60 ? "ELBSecurityPolicy-2016-08" : "ELBSecurityPolicy-TLS13-1-2-2021-06")}}"
          certificate_arn   = aws_iam_server_certificate.{{(idleTimeout == 60 ? "first" : "second")}}.arn
          default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.web.arn
          }
        }
        resource "aws_lb_listener_certificate" "secure" {
          listener_arn    = aws_lb_listener.secure.arn
          certificate_arn = aws_iam_server_certificate.{{(idleTimeout == 60 ? "second" : "first")}}.arn
        }

        resource "aws_lb_listener_rule" "api" {
          listener_arn = aws_lb_listener.web.arn
          priority     = {{(idleTimeout == 60 ? 10 : 20)}}
          action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.web.arn
          }
          condition {
            path_pattern { values = ["{{path}}*"] }
          }
          condition {
            http_header {
              http_header_name = "X-Kind"
              values           = ["a*"]
            }
          }
          tags = { team = "{{team}}" }
        }
        resource "aws_lb_listener_rule" "moved" {
          listener_arn = aws_lb_listener.web.arn
          priority     = 30
          action {
            type = "redirect"
            redirect {
              port        = "443"
              protocol    = "HTTPS"
              status_code = "HTTP_301"
            }
          }
          condition {
            host_header { values = ["*.example.com"] }
          }
        }
        resource "aws_lb_listener_rule" "fixed" {
          listener_arn = aws_lb_listener.web.arn
          priority     = 40
          action {
            type = "fixed-response"
            fixed_response {
              content_type = "text/plain"
              message_body = "{{team}}"
              status_code  = "404"
            }
          }
          condition {
            query_string {
              key   = "a"
              value = "b*"
            }
          }
          condition {
            source_ip { values = ["10.0.0.0/8"] }
          }
          condition {
            http_request_method { values = ["GET", "HEAD"] }
          }
        }

        resource "aws_lb" "net" {
          name                             = "terraform-net"
          load_balancer_type               = "network"
          internal                         = true
          subnets                          = ["subnet-0a"]
          enable_cross_zone_load_balancing = true
        }
        resource "aws_lb" "fixed" {
          name               = "terraform-fixed"
          load_balancer_type = "network"
          internal           = true
          subnet_mapping {
            subnet_id            = "subnet-0d"
            private_ipv4_address = "{{TerraformServer.OfSubnet}}.7"
          }
        }
        resource "aws_lb" "elastic" {
          name               = "terraform-elastic"
          load_balancer_type = "network"
          subnet_mapping {
            subnet_id     = "subnet-0a"
            allocation_id = "eipalloc-0a"
          }
          {{(idleTimeout == 60 ? "" : "subnet_mapping {\n    subnet_id     = \"subnet-0b\"\n    allocation_id = \"eipalloc-0b\"\n  }")}}
        }
        resource "aws_lb_target_group" "net" {
          name        = "terraform-net"
          port        = 25
          protocol    = "TCP"
          target_type = "ip"
          vpc_id      = "vpc-0a"
        }
        resource "aws_lb_target_group" "net_other" {
          name        = "terraform-net-other"
          port        = 25
          protocol    = "TCP"
          target_type = "ip"
          vpc_id      = "vpc-0a"
        }
        resource "aws_lb_target_group_attachment" "net" {
          target_group_arn = aws_lb_target_group.net.arn
          target_id        = "127.0.0.12"
        }
        resource "aws_lb_listener" "net" {
          load_balancer_arn = aws_lb.net.arn
          port              = 8183
          protocol          = "TCP"
          default_action {
            type = "forward"
            {{(idleTimeout == 60 ? "target_group_arn = aws_lb_target_group.net.arn" : WeightedForward)}}
          }
        }
        resource "aws_lb_listener" "net_secure" {
          load_balancer_arn = aws_lb.net.arn
          port              = 8444
          protocol          = "TLS"
          alpn_policy       = "{{(idleTimeout == 60 ? "HTTP2Preferred" : "None")}}"
          certificate_arn   = aws_iam_server_certificate.first.arn
          default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.net.arn
          }
        }
        """;
}

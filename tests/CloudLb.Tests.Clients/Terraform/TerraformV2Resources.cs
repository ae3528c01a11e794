using static CloudLb.Tests.Clients.Terraform.TerraformActions;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>The resources of version 2 whose arguments are changed: their names, and what each says at first.</summary>
internal static class TerraformV2Resources
{
    public const string Web = "aws_lb.web";
    public const string Heads = "aws_lb.heads";
    public const string Net = "aws_lb.net";
    public const string Group = "aws_lb_target_group.web";
    public const string Other = "aws_lb_target_group.other";
    public const string Versioned = "aws_lb_target_group.versioned";
    public const string Streams = "aws_lb_target_group.net";
    public const string Datagrams = "aws_lb_target_group.datagrams";
    public const string Attachment = "aws_lb_target_group_attachment.web";
    public const string Listener = "aws_lb_listener.web";
    public const string Secure = "aws_lb_listener.secure";
    public const string Tcp = "aws_lb_listener.net";
    public const string Tls = "aws_lb_listener.wrapped";
    public const string Named = "aws_lb_listener_certificate.web";
    public const string Rule = "aws_lb_listener_rule.web";
    public const string Turned = "aws_lb_listener.turned";
    public const string SignedIn = "aws_lb_listener_rule.signed_in";
    public const string Elsewhere = "aws_lb_target_group_attachment.elsewhere";
    public const string Secret = "what nobody is told";
    private const string ToStreams = """
        default_action {
            type             = "forward"
            target_group_arn = aws_lb_target_group.net.arn
          }
        """;

    /// <summary>In the order in which they stand.</summary>
    public static readonly (string Resource, (string Argument, string Text)[] Arguments)[] First =
    [
        (Web, [
            ("name", "name = \"terraform-args\""), ("type", "load_balancer_type = \"application\""),
            ("subnets", "subnets = [\"subnet-0a\", \"subnet-0b\"]"),
        ]),
        (Heads, [("name", "name = \"terraform-argh\""), ("subnets", "subnets = [\"subnet-0a\", \"subnet-0b\"]")]),
        (Net, [
            ("name", "name = \"terraform-argn\""), ("type", "load_balancer_type = \"network\""),
            ("subnets", "subnets = [\"subnet-0a\"]"),
        ]),
        (Group, [
            ("name", "name = \"terraform-args\""), ("port", "port = 8000"), ("protocol", "protocol = \"HTTP\""),
            ("vpc", "vpc_id = \"vpc-0a\""),
        ]),
        (Other, [
            ("name", "name = \"terraform-argo\""), ("port", "port = 8000"), ("protocol", "protocol = \"HTTP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("tags", "tags = { team = \"o\" }"),
        ]),
        (Versioned, [
            ("name", "name = \"terraform-argv\""), ("port", "port = 8000"), ("protocol", "protocol = \"HTTP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("version", "protocol_version = \"HTTP2\""),
        ]),
        (Streams, [
            ("name", "name = \"terraform-argn\""), ("port", "port = 25"), ("protocol", "protocol = \"TCP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("kind", "target_type = \"ip\""),
        ]),
        (Datagrams, [
            ("name", "name = \"terraform-argd\""), ("port", "port = 53"), ("protocol", "protocol = \"UDP\""),
            ("vpc", "vpc_id = \"vpc-0a\""),
        ]),
        ("aws_lb_target_group.chained", [
            ("name", "name = \"terraform-argc\""), ("port", "port = 8282"), ("protocol", "protocol = \"TCP\""),
            ("vpc", "vpc_id = \"vpc-0a\""), ("kind", "target_type = \"alb\""),
        ]),
        (Attachment, [
            ("group", "target_group_arn = aws_lb_target_group.web.arn"), ("target", "target_id = \"i-0a\""),
        ]),
        ("aws_lb_target_group_attachment.chained", [
            ("group", "target_group_arn = aws_lb_target_group.chained.arn"),
            ("target", "target_id = aws_lb_listener.other.load_balancer_arn"), ("port", "port = 8282"),
        ]),
        (Listener, [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8281"), ("protocol", "protocol = \"HTTP\""),
            ("default action", $"default_action {Forward}"),
        ]),
        ("aws_lb_listener.other", [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8282"), ("protocol", "protocol = \"HTTP\""),
            ("default action", $"default_action {Weighted}"), ("tags", "tags = { team = \"o\" }"),
        ]),
        (Tcp, [
            ("load balancer", "load_balancer_arn = aws_lb.net.arn"), ("port", "port = 8283"), ("protocol", "protocol = \"TCP\""),
            ("default action", ToStreams),
        ]),
        ("aws_acm_certificate.web", [
            ("all", "for_each = toset([\"first\", \"second\", \"third\"])"),
            ("body", "certificate_body = file(\"${path.module}/${each.key}.pem\")"),
            ("key", "private_key = file(\"${path.module}/${each.key}.key\")"),
        ]),
        (Tls, [
            ("load balancer", "load_balancer_arn = aws_lb.net.arn"), ("port", "port = 8444"), ("protocol", "protocol = \"TLS\""),
            ("certificate", "certificate_arn = aws_acm_certificate.web[\"first\"].arn"), ("default action", ToStreams),
        ]),
        (Secure, [
            ("load balancer", "load_balancer_arn = aws_lb.web.arn"), ("port", "port = 8443"), ("protocol", "protocol = \"HTTPS\""),
            ("certificate", "certificate_arn = aws_acm_certificate.web[\"first\"].arn"), ("default action", $"default_action {Forward}"),
        ]),
        (Named, [
            ("listener", "listener_arn = aws_lb_listener.secure.arn"),
            ("certificate", "certificate_arn = aws_acm_certificate.web[\"second\"].arn"),
        ]),
        (Turned, [
            ("load balancer", "load_balancer_arn = aws_lb.heads.arn"), ("port", "port = 8286"), ("protocol", "protocol = \"HTTP\""),
            ("default action", $"default_action {Fixed}"),
        ]),
        (SignedIn, [
            ("listener", "listener_arn = aws_lb_listener.secure.arn"), ("priority", "priority = 5"),
            ("action", SignsIn("action", Secret)),
            ("condition", "condition {\n    path_pattern {\n      values = [\"/in/*\"]\n    }\n  }"),
        ]),
        (Elsewhere, [
            ("group", "target_group_arn = aws_lb_target_group.net.arn"), ("target", "target_id = \"127.0.0.14\""),
            ("zone", "availability_zone = \"all\""),
        ]),
        (Rule, [
            ("listener", "listener_arn = aws_lb_listener.web.arn"), ("action", $"action {Forward}"),
            ("condition", "condition {\n    path_pattern {\n      values = [\"/a/*\"]\n    }\n  }"),
        ]),
    ];
}

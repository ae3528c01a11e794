using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// The provider's seven resources for policies, with every type of policy that there is, and certificates that are replaced while they are
/// in use.
/// </summary>
public sealed class TerraformPolicyResourceTests(TerraformServer server)
{
    /// <summary>A subject public key as the API takes it: base64 without the lines around it.</summary>
    private static readonly string[] PublicKeys = [.. Enumerable.Range(0, 2).Select(_ => TerraformCertificate.PublicKey())];

    private static string First => Policies("300", "session", "ELBSecurityPolicy-TLS-1-2-2017-01", PublicKeys[0], "[2525]", "TLSv1.2");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Policies_of_every_type_are_made_attached_changed_and_removed()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.Environment, Token);
        TerraformCertificate.Write(workspace, "web");

        var changed = Policies("0", "JSESSIONID", "ELBSecurityPolicy-2016-08", PublicKeys[1], "[2525, 2587]", "TLSv1.1");
        await workspace.ApplyAsync("made", Configuration(First + Attached));
        await workspace.ApplyAsync("changed", Configuration(changed + Attached));
        await workspace.ApplyAsync("detached", Configuration(changed));
        await workspace.ApplyAsync("removed", Configuration(""));
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-policies", Token);
    }

    [Fact]
    public async Task A_policy_that_was_changed_or_deleted_by_hand_is_put_right()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.Environment, Token);
        TerraformCertificate.Write(workspace, "web");
        var main = Configuration(First + Attached, "terraform-byhand");
        await workspace.ApplyAsync("made", main);
        var api = await server.ApiAsync(Token);

        await api.CallAsync(
            "Action=SetLoadBalancerPoliciesOfListener&LoadBalancerName=terraform-byhand&LoadBalancerPort=8111&PolicyNames=", Token);
        await api.CallAsync("Action=DeleteLoadBalancerPolicy&LoadBalancerName=terraform-byhand&PolicyName=duration", Token);
        await api.CallAsync(
            "Action=SetLoadBalancerPoliciesOfListener&LoadBalancerName=terraform-byhand&LoadBalancerPort=8113&PolicyNames=", Token);
        await api.CallAsync(
            "Action=SetLoadBalancerPoliciesForBackendServer&LoadBalancerName=terraform-byhand&InstancePort=8443&PolicyNames=", Token);
        await api.CallAsync("Action=DeleteLoadBalancerPolicy&LoadBalancerName=terraform-byhand&PolicyName=anything", Token);

        Assert.Equal(
            [
                "create aws_lb_cookie_stickiness_policy.duration", "create aws_load_balancer_policy.anything",
                "update aws_load_balancer_backend_server_policy.trusted", "update aws_load_balancer_listener_policy.secure",
            ],
            await workspace.PlansAsync("changed by hand"));
        await workspace.ApplyAsync("put right", main);
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-byhand", Token);
    }

    [Fact]
    public async Task A_certificate_in_use_is_replaced_before_it_is_destroyed()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.SharedConfiguration, Token);
        const string main = """
            resource "aws_elb" "web" {
              name               = "terraform-certificate"
              availability_zones = ["us-east-1a"]
              listener {
                lb_port            = 8121
                lb_protocol        = "https"
                instance_port      = 8000
                instance_protocol  = "http"
                ssl_certificate_id = aws_iam_server_certificate.web.arn
              }
              listener {
                lb_port            = 8122
                lb_protocol        = "ssl"
                instance_port      = 8001
                instance_protocol  = "tcp"
                ssl_certificate_id = aws_iam_server_certificate.web.arn
              }
            }

            output "arn" {
              value = aws_iam_server_certificate.web.arn
            }

            """;
        var arns = new List<string?>();
        for (var round = 0; round < 2; round++)
        {
            TerraformCertificate.Write(workspace, "web");
            await workspace.ApplyAsync($"certificate {round}", main + TerraformCertificate.Resource("web", "terraform-replaced-"));
            arns.Add((string?)(await workspace.OutputsAsync())["arn"]);
        }

        var described = await (await server.ApiAsync(Token)).CallAsync(
            "Action=DescribeLoadBalancers&LoadBalancerNames.member.1=terraform-certificate", Token);
        Assert.NotEqual(arns[0], arns[1]);
        Assert.All(described.Values("SSLCertificateId"), arn => Assert.Equal(arns[1], arn));
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-certificate", Token);
    }

    private const string Attached = """
        resource "aws_load_balancer_listener_policy" "secure" {
          load_balancer_name = aws_elb.web.name
          load_balancer_port = 8113
          policy_names       = [aws_load_balancer_policy.tls.policy_name, aws_load_balancer_policy.duration2.policy_name]
        }

        resource "aws_load_balancer_backend_server_policy" "trusted" {
          load_balancer_name = aws_elb.web.name
          instance_port      = 8443
          policy_names       = [aws_load_balancer_policy.trusted.policy_name]
        }

        """;

    private static string Configuration(string policies, string name = "terraform-policies") => $$"""
        resource "aws_elb" "web" {
          name               = "{{name}}"
          availability_zones = ["us-east-1a"]
          {{Listener(8111, "http", 8000, "http")}}
          {{Listener(8112, "http", 8001, "http")}}
          {{Listener(8113, "https", 8443, "https")}}
          {{Listener(8114, "https", 8002, "http")}}
        }

        # Apart: the provider takes every instance port with any policy for one of its aws_proxy_protocol_policy.
        resource "aws_elb" "mail" {
          name               = "{{name}}-mail"
          availability_zones = ["us-east-1a"]
          {{Listener(8115, "tcp", 2525, "tcp")}}
          {{Listener(8116, "tcp", 2587, "tcp")}}
        }

        {{TerraformCertificate.Resource("web", "terraform-policies-")}}

        """ + policies;

    private static string Policies(string period, string cookie, string reference, string key, string proxied, string protocol) => $$"""
        resource "aws_lb_cookie_stickiness_policy" "duration" {
          name                     = "duration"
          load_balancer            = aws_elb.web.id
          lb_port                  = 8111
          cookie_expiration_period = {{period}}
        }

        resource "aws_app_cookie_stickiness_policy" "application" {
          name          = "application"
          load_balancer = aws_elb.web.name
          lb_port       = 8112
          cookie_name   = "{{cookie}}"
        }

        {{Policy("cookie", "AppCookieStickinessPolicyType", ("CookieName", cookie))}}
        {{Policy("duration2", "LBCookieStickinessPolicyType", ("CookieExpirationPeriod", "60"))}}
        {{Policy("anything", "LBCookieStickinessPolicyType")}}
        {{Policy("tls", "SSLNegotiationPolicyType", ("Reference-Security-Policy", reference))}}
        {{Policy("custom", "SSLNegotiationPolicyType", ($"Protocol-{protocol}", "true"), ("ECDHE-RSA-AES128-GCM-SHA256", "true"))}}
        {{Policy("proxied", "ProxyProtocolPolicyType", ("ProxyProtocol", "true"))}}

        # Another one for another key, and made first: a policy cannot go while another names it.
        resource "aws_load_balancer_policy" "key" {
          load_balancer_name = aws_elb.web.name
          policy_name        = "key-${substr(sha256("{{key}}"), 0, 8)}"
          policy_type_name   = "PublicKeyPolicyType"
          policy_attribute {
            name  = "PublicKey"
            value = "{{key}}"
          }
          lifecycle {
            create_before_destroy = true
          }
        }

        {{Policy("trusted", "BackendServerAuthenticationPolicyType", ("PublicKeyPolicyName", "REFERENCE"))
            .Replace("\"REFERENCE\"", "aws_load_balancer_policy.key.policy_name", StringComparison.Ordinal)}}

        resource "aws_proxy_protocol_policy" "mail" {
          load_balancer  = aws_elb.mail.name
          instance_ports = {{proxied}}
        }

        # Another name for other content: the provider does not see that the content of a policy under the same name has changed.
        resource "aws_lb_ssl_negotiation_policy" "negotiation" {
          name          = "negotiation-{{protocol.Replace(".", "", StringComparison.Ordinal)}}"
          load_balancer = aws_elb.web.id
          lb_port       = 8114
          attribute {
            name  = "Protocol-{{protocol}}"
            value = "true"
          }
          attribute {
            name  = "Server-Defined-Cipher-Order"
            value = "true"
          }
          attribute {
            name  = "ECDHE-RSA-AES128-GCM-SHA256"
            value = "true"
          }
        }

        """;

    private static string Policy(string name, string type, params IEnumerable<(string Name, string Value)> attributes) => $$"""
        resource "aws_load_balancer_policy" "{{name}}" {
          load_balancer_name = aws_elb.web.name
          policy_name        = "{{name}}"
          policy_type_name   = "{{type}}"
          {{string.Join("\n  ", attributes.Select(one => $"policy_attribute {{\n    name = \"{one.Name}\"\n    value = \"{one.Value}\"\n  }}"))}}
        }

        """;

    private static string Listener(int port, string protocol, int instancePort, string instanceProtocol) => $$"""
        listener {
            lb_port            = {{port}}
            lb_protocol        = "{{protocol}}"
            instance_port      = {{instancePort}}
            instance_protocol  = "{{instanceProtocol}}"
            ssl_certificate_id = {{(protocol == "https" ? "aws_iam_server_certificate.web.arn" : "null")}}
          }
        """;
}

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are: trust stores with revocations, and the listeners that ask clients for certificates.
/// </summary>
internal sealed class TerraformTrustStores(TerraformServer server) : ITerraformScenario
{
    private const string Bucket = "terraform-trust";

    private const string Verify = "mode            = \"verify\"\n    trust_store_arn = aws_lb_trust_store.clients.arn";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, cancellationToken);
        TerraformCertificate.Write(workspace, "shown");
        var (one, two) = (TestAuthority.Of("one"), TestAuthority.Of("two"));
        await PutAsync("one.pem", one.Pem, cancellationToken);
        await PutAsync("two.pem", one.Pem + "\n" + two.Pem, cancellationToken);
        await PutAsync("some.crl", one.ListOf(one.Issue("CN=a")), cancellationToken);
        await PutAsync("more.crl", one.ListOf(one.Issue("CN=a"), one.Issue("CN=b")), cancellationToken);

        await workspace.ApplyAsync("made", Configuration("one.pem", "some.crl", Verify, ""));
        await workspace.ApplyAsync(
            "others",
            Configuration(
                "two.pem", "more.crl",
                Verify + "\n    ignore_client_certificate_expiry = true\n    advertise_trust_store_ca_names   = \"on\"",
                "routing_http_request_x_amzn_mtls_clientcert_leaf_header_name = \"X-Leaf\"", "tags = { team = \"a\" }"));
        await workspace.ApplyAsync("passed through", Configuration("two.pem", "more.crl", "mode = \"passthrough\"", ""));
        await workspace.ApplyAsync("off", Configuration("two.pem", null, "mode = \"off\"", ""));
        await workspace.DestroyAsync();
    }

    private async Task PutAsync(string key, string text, CancellationToken cancellationToken)
    {
        var bucket = Path.Combine((await server.SharedAsync(cancellationToken)).DataDirectory, "access-logs", Bucket);
        Directory.CreateDirectory(bucket);
        await File.WriteAllTextAsync(Path.Combine(bucket, key), text, cancellationToken);
    }

    private static string Configuration(string bundle, string? revoked, string asked, string more, string moreOfStore = "") => $$"""
        resource "aws_lb_trust_store" "clients" {
          name                             = "terraform-trust"
          ca_certificates_bundle_s3_bucket = "{{Bucket}}"
          ca_certificates_bundle_s3_key    = "{{bundle}}"
          {{moreOfStore}}
        }
        {{(revoked is null ? "" : Revocation(revoked))}}
        resource "aws_acm_certificate" "shown" {
          certificate_body = file("${path.module}/shown.pem")
          private_key      = file("${path.module}/shown.key")
        }
        resource "aws_lb" "web" {
          name    = "terraform-trust"
          subnets = ["subnet-0a", "subnet-0b"]
        }
        resource "aws_lb_listener" "web" {
          load_balancer_arn = aws_lb.web.arn
          port              = 8543
          protocol          = "HTTPS"
          certificate_arn   = aws_acm_certificate.shown.arn
          mutual_authentication {
            {{asked}}
          }
          {{more}}
          default_action {
            type = "fixed-response"
            fixed_response {
              content_type = "text/plain"
              message_body = "ok"
              status_code  = "200"
            }
          }
        }
        data "aws_lb_trust_store" "found" {
          name       = "terraform-trust"
          depends_on = [aws_lb_trust_store.clients]
        }
        """;

    private static string Revocation(string key) => $$"""
        resource "aws_lb_trust_store_revocation" "lost" {
          trust_store_arn       = aws_lb_trust_store.clients.arn
          revocations_s3_bucket = "{{Bucket}}"
          revocations_s3_key    = "{{key}}"
        }
        """;
}

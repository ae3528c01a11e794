namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are: an <c>aws_acm_certificate</c> with its own key, and the listener that shows it.
/// </summary>
public sealed class TerraformAcmTests(TerraformServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_imported_tagged_and_imported_again_under_a_listener()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, Token);
        TerraformCertificate.Write(workspace, "imported");
        await workspace.ApplyAsync("made", Configuration("a"));
        var before = (string?)(await workspace.OutputsAsync())["arn"];

        TerraformCertificate.Write(workspace, "imported");
        await workspace.ApplyAsync("another content, other tags", Configuration("b"));

        var outputs = await workspace.OutputsAsync();
        Assert.Equal(
            (before, "imported.test", "ISSUED"),
            ((string?)outputs["arn"], (string?)outputs["domain"], (string?)outputs["status"]));
        await workspace.DestroyAsync();
    }

    private static string Configuration(string team) => $$"""
        resource "aws_acm_certificate" "web" {
          certificate_body = file("${path.module}/imported.pem")
          private_key      = file("${path.module}/imported.key")
          tags             = { team = "{{team}}", empty = "" }
        }
        resource "aws_elb" "web" {
          name               = "terraform-acm"
          availability_zones = ["us-east-1a"]
          listener {
            lb_port            = 8191
            lb_protocol        = "https"
            instance_port      = 8000
            instance_protocol  = "http"
            ssl_certificate_id = aws_acm_certificate.web.arn
          }
        }
        data "aws_acm_certificate" "found" {
          domain      = "imported.test"
          statuses    = ["ISSUED"]
          types       = ["IMPORTED"]
          key_types   = ["EC_prime256v1"]
          most_recent = true
          depends_on  = [aws_elb.web]
        }
        output "arn" {
          value = data.aws_acm_certificate.found.arn
        }
        output "domain" {
          value = aws_acm_certificate.web.domain_name
        }
        output "status" {
          value = aws_acm_certificate.web.status
        }
        """;
}

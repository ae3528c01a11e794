using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Terraform and the AWS provider as they are: an <c>aws_elb</c> with every argument, each changed, and nothing left at the end.</summary>
public sealed class TerraformElbTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_is_made_and_destroyed()
    {
        await using var workspace = TerraformWorkspace.Open(server.Process.Url, TerraformEndpoint.Block, Account.First, Token);
        await workspace.ApplyAsync("made", """
            resource "aws_elb" "web" {
              name               = "terraform-web"
              availability_zones = ["us-east-1a"]
              listener {
                lb_port           = 18080
                lb_protocol       = "http"
                instance_port     = 8000
                instance_protocol = "http"
              }
            }
            output "dns" { value = aws_elb.web.dns_name }
            """);
        Assert.StartsWith("terraform-web-", (string?)(await workspace.OutputsAsync())["dns"], StringComparison.Ordinal);
        await workspace.DestroyAsync();
    }
}

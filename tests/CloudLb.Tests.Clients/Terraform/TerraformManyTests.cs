using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Many load balancers in one apply, and a CloudLb that dies while they are made.</summary>
public sealed class TerraformManyTests(TerraformServer terraform)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_apply_goes_on_over_a_kill_of_CloudLb_and_makes_each_load_balancer_once()
    {
        await using var server = await terraform.StartAsync(Token);
        await using var workspace = TerraformWorkspace.Open(server.Url, TerraformEndpoint.Environment, Account.First, Token);
        var many = TerraformRounds.LoadBalancers;
        workspace.Write("main.tf", $$"""
            resource "aws_elb" "many" {
              count              = {{many}}
              name               = "many-${count.index}"
              availability_zones = ["us-east-1a", "us-east-1b"]
              instances          = ["i-0a", "i-0b"]
              tags               = { index = count.index }
              listener {
                lb_port           = 8161
                lb_protocol       = "http"
                instance_port     = 8000
                instance_protocol = "http"
              }
              health_check {
                target              = "HTTP:8000/"
                interval            = 30
                timeout             = 5
                healthy_threshold   = 2
                unhealthy_threshold = 2
              }
            }

            resource "aws_lb_cookie_stickiness_policy" "many" {
              count                    = {{many}}
              name                     = "duration"
              load_balancer            = aws_elb.many[count.index].id
              lb_port                  = 8161
              cookie_expiration_period = 600
            }
            """);

        var applying = workspace.RunAsync("apply", "-auto-approve");
        await Wait.ForAsync(() => CountAsync(server), count => count >= many / 3 || applying.IsCompleted, Token);
        Assert.False(applying.IsCompleted, "The apply ended before a third of its load balancers was seen.");
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);

        // On a slow machine CloudLb may be away for longer than the provider tries again: whoever applies then does so once more.
        if ((await applying).ExitCode != 0)
        {
            await workspace.ApplyAsync("applied once more");
        }

        await workspace.PlansNothingAsync("over a kill");
        Assert.Equal(many, await CountAsync(server));
        await workspace.DestroyAsync();
        Assert.Equal(0, await CountAsync(server));
    }

    private static async Task<int> CountAsync(CloudLbProcess server) =>
        (await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName").Count();
}

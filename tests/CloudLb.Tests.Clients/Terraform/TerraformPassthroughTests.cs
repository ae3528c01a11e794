using CloudLb.Tests.Clients.EndToEnd;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Terraform with one endpoint: network and instances at moto, the load balancer here, in one apply.</summary>
public sealed class TerraformPassthroughTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_its_instances_and_their_load_balancer_are_made_in_one_apply_and_destroyed()
    {
        TerraformInstalled.OrSkip();
        await using var moto = await MotoServer.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, PassthroughTests.SettingsFor(moto.Url));
        await using var workspace = TerraformWorkspace.Open(server.Url, TerraformEndpoint.Environment, Account.First, Token);

        await workspace.ApplyAsync("network, instances and load balancer", """
            resource "aws_vpc" "main" {
              cidr_block = "10.1.0.0/16"
              tags       = { Name = "main" }
            }
            resource "aws_internet_gateway" "main" {
              vpc_id = aws_vpc.main.id
            }
            resource "aws_subnet" "web" {
              vpc_id            = aws_vpc.main.id
              cidr_block        = "10.1.1.0/24"
              availability_zone = "us-east-1a"
            }
            resource "aws_security_group" "web" {
              name   = "web"
              vpc_id = aws_vpc.main.id
              ingress {
                from_port   = 80
                to_port     = 80
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            resource "aws_instance" "web" {
              count                  = 2
              ami                    = "ami-12c6146b"
              instance_type          = "t3.micro"
              subnet_id              = aws_subnet.web.id
              vpc_security_group_ids = [aws_security_group.web.id]
              tags                   = { Name = "web-${count.index}" }
            }
            resource "aws_elb" "web" {
              name            = "one-apply"
              subnets         = [aws_subnet.web.id]
              security_groups = [aws_security_group.web.id]
              instances       = aws_instance.web[*].id
              depends_on      = [aws_internet_gateway.main]
              listener {
                lb_port           = 80
                lb_protocol       = "http"
                instance_port     = 8000
                instance_protocol = "http"
              }
              tags = { Name = "web" }
            }
            output "source_group" { value = aws_elb.web.source_security_group_id }
            output "group" { value = aws_security_group.web.id }
            output "instances" { value = length(aws_elb.web.instances) }
            """);
        var outputs = await workspace.OutputsAsync();
        Assert.Equal((string?)outputs["group"], (string?)outputs["source_group"]);
        Assert.Equal(2, (int?)outputs["instances"]);

        await workspace.DestroyAsync();
        Assert.Null(await server.StatusAsync("one-apply", Token));
    }
}

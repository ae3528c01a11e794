using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>What a configuration looks up: the data sources of ELB, STS, IAM, and of EC2 as far as the inventory answers for it.</summary>
public sealed class TerraformDataTests(TerraformServer server)
{
    private const string Main = """
        data "aws_caller_identity" "me" {}
        data "aws_region" "here" {}
        data "aws_availability_zones" "all" {
          state = "available"
        }
        data "aws_availability_zone" "by_id" {
          zone_id = data.aws_availability_zones.all.zone_ids[1]
        }

        data "aws_vpc" "default" {
          default = true
        }
        data "aws_vpc" "by_tag" {
          tags = { Name = "main" }
        }
        data "aws_vpcs" "all" {}
        data "aws_route_table" "main" {
          vpc_id = data.aws_vpc.default.id
          filter {
            name   = "association.main"
            values = ["true"]
          }
        }
        data "aws_subnets" "web" {
          filter {
            name   = "vpc-id"
            values = [data.aws_vpc.by_tag.id]
          }
          tags = { tier = "web" }
        }
        data "aws_subnet" "each" {
          for_each = toset(data.aws_subnets.web.ids)
          id       = each.value
        }
        data "aws_security_group" "by_name" {
          name   = "web"
          vpc_id = data.aws_vpc.default.id
        }
        data "aws_security_groups" "by_tag" {
          tags = { tier = "w*" }
        }

        data "aws_instance" "by_id" {
          instance_id = "i-0a"
        }
        data "aws_instance" "by_tag" {
          instance_tags = { Name = "web-2" }
        }
        data "aws_instances" "web" {
          instance_tags        = { role = "web" }
          instance_state_names = ["running"]
        }
        data "aws_ec2_instance_types" "all" {}

        resource "aws_elb" "web" {
          name            = "terraform-data"
          subnets         = data.aws_subnets.web.ids
          security_groups = [data.aws_security_group.by_name.id]
          instances       = data.aws_instances.web.ids
          tags            = { team = "a" }
          listener {
            lb_port           = 8171
            lb_protocol       = "http"
            instance_port     = 8000
            instance_protocol = "http"
          }
        }
        data "aws_elb" "web" {
          name = aws_elb.web.name
        }
        data "aws_elb_hosted_zone_id" "here" {}
        data "aws_elb_service_account" "here" {}
        data "aws_network_interfaces" "web" {
          filter {
            name   = "description"
            values = ["ELB ${aws_elb.web.name}"]
          }
        }
        data "aws_iam_server_certificate" "web" {
          name_prefix = aws_iam_server_certificate.web.name_prefix
        }

        output "all" {
          value = {
            account       = data.aws_caller_identity.me.account_id
            region        = data.aws_region.here.name
            zones         = data.aws_availability_zones.all.names
            zone_ids      = data.aws_availability_zones.all.zone_ids
            zone_by_id    = data.aws_availability_zone.by_id.name
            vpc           = data.aws_vpc.default
            vpc_by_tag    = data.aws_vpc.by_tag.id
            vpcs          = sort(data.aws_vpcs.all.ids)
            routes        = [for route in data.aws_route_table.main.routes : route.cidr_block]
            main_table    = data.aws_route_table.main.id
            subnets       = { for id, subnet in data.aws_subnet.each : id => subnet.availability_zone_id }
            groups        = data.aws_security_groups.by_tag.ids
            group         = data.aws_security_group.by_name.description
            instance      = data.aws_instance.by_id
            instance_2    = data.aws_instance.by_tag.id
            instances     = sort(data.aws_instances.web.ids)
            private_ips   = sort(data.aws_instances.web.private_ips)
            types         = sort(data.aws_ec2_instance_types.all.instance_types)
            elb           = data.aws_elb.web
            zone_of_elb   = data.aws_elb_hosted_zone_id.here.id == aws_elb.web.zone_id
            logs_from     = data.aws_elb_service_account.here.arn
            interfaces    = length(data.aws_network_interfaces.web.ids)
            certificate   = data.aws_iam_server_certificate.web.arn == aws_iam_server_certificate.web.arn
          }
        }

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_configuration_looks_up_is_found_by_ids_names_tags_and_filters()
    {
        await using var workspace = await server.WorkspaceAsync(TerraformEndpoint.Environment, Token);
        TerraformCertificate.Write(workspace, "web");
        await workspace.ApplyAsync("looked up", Main + TerraformCertificate.Resource("web", "terraform-data-"));
        var seen = (await workspace.OutputsAsync())["all"]!;

        Assert.Equal((Account.First.Id, Account.Region), (Text(seen["account"]), Text(seen["region"])));
        Assert.Equal(["us-east-1a", "us-east-1b", "us-east-1c"], Texts(seen["zones"]));
        Assert.Equal(["use1-az1", "use1-az2", "use1-az3"], Texts(seen["zone_ids"]));
        Assert.Equal("us-east-1b", Text(seen["zone_by_id"]));
        Assert.Equal(
            ("vpc-0a", "10.0.0.0/16", true, true, Text(seen["main_table"])),
            (
                Text(seen["vpc"]!["id"]), Text(seen["vpc"]!["cidr_block"]), (bool)seen["vpc"]!["enable_dns_support"]!,
                (bool)seen["vpc"]!["enable_dns_hostnames"]!,
                Text(seen["vpc"]!["main_route_table_id"])));
        Assert.Equal("vpc-0a", Text(seen["vpc_by_tag"]));
        Assert.Equal(["vpc-0a", "vpc-0b"], Texts(seen["vpcs"]));
        Assert.Equal(["0.0.0.0/0"], Texts(seen["routes"]));
        Assert.Equal(("use1-az1", "use1-az2"), (Text(seen["subnets"]!["subnet-0a"]), Text(seen["subnets"]!["subnet-0b"])));
        Assert.Equal(["sg-0a"], Texts(seen["groups"]));
        Assert.Equal("the web's own", Text(seen["group"]));
        Assert.Equal(
            ("t3.micro", "127.0.0.11", "running", "web-1"),
            (Text(seen["instance"]!["instance_type"]), Text(seen["instance"]!["private_ip"]), Text(seen["instance"]!["instance_state"]),
                Text(seen["instance"]!["tags"]!["Name"])));
        Assert.Equal("i-0b", Text(seen["instance_2"]));
        Assert.Equal(["i-0a", "i-0b"], Texts(seen["instances"]));
        Assert.Equal(["127.0.0.11", "127.0.0.12"], Texts(seen["private_ips"]));
        Assert.Equal(["m1.small", "t3.micro"], Texts(seen["types"]));
        Assert.Equal(["subnet-0a", "subnet-0b"], Texts(seen["elb"]!["subnets"]).Order());
        Assert.Equal(("sg-0a", "a"), (Text(seen["elb"]!["source_security_group_id"]), Text(seen["elb"]!["tags"]!["team"])));
        Assert.Equal((true, 2, true), ((bool)seen["zone_of_elb"]!, (int)seen["interfaces"]!, (bool)seen["certificate"]!));
        Assert.NotEmpty(Text(seen["logs_from"])!);

        workspace.Write("main.tf", """
            data "aws_instances" "web" {
              filter {
                name   = "tags"
                values = ["web"]
              }
            }
            """);
        var refused = await workspace.RunAsync("plan");
        Assert.Contains(
            "InvalidParameterValue: The filter 'tags' is invalid", refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        workspace.Write("main.tf", "");
        await workspace.DestroyAsync();
        await server.NothingIsLeftAsync("terraform-data", Token);
    }

    private static string? Text(JsonNode? node) => (string?)node;

    private static IEnumerable<string?> Texts(JsonNode? array) => array!.AsArray().Select(Text);
}

using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.Inventory;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Elb;

public sealed class InstanceVpcTests : IDisposable
{
    private const string Instances = """
        "i-1": { "address": "10.0.0.1", "vpc": "vpc-1" },
        "i-2": { "address": "10.0.0.2", "vpc": "vpc-2" },
        "i-3": "10.0.0.3"
        """;

    private readonly FileInventory _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task An_instance_that_is_known_in_another_VPC_is_refused()
    {
        await _file.WriteAsync($$"""{ {{Instances}}, "vpcs": { "vpc-1": {} } }""");

        Assert.Equal(("InvalidInstance", "EC2 instance i-2 is not in VPC."), Sample.Refusal(() => Ensure("vpc-1", "i-1", "i-2", "i-3")));
        Ensure("vpc-1", "i-1", "i-3", "10.0.0.9");
    }

    [Theory]
    [InlineData("""{ "subnets": { "subnet-1": { "vpc": "vpc-1", "zone": "us-east-1a" } }, """, true)]
    [InlineData("""{ "securityGroups": { "sg-1": { "vpc": "vpc-1" } }, """, true)]
    [InlineData("""{ "vpcs": { "vpc-2": {} }, """, false)]
    [InlineData("{ ", false)]
    public async Task A_VPC_that_CloudLb_made_up_is_no_reason_to_refuse(string listed, bool isRefused)
    {
        await _file.WriteAsync($"{listed} {Instances} }}");

        var refused = Record.Exception(() => Ensure("vpc-1", "i-2"));

        Assert.Equal(isRefused, refused is not null);
    }

    [Fact]
    public async Task What_is_registered_stays_and_a_load_balancer_outside_a_VPC_takes_everyone()
    {
        await _file.WriteAsync($$"""{ {{Instances}}, "vpcs": { "vpc-1": {} } }""");
        var web = Sample.LoadBalancer() with { VpcId = "vpc-1" };
        var registered = web.WithInstances([new() { InstanceId = "i-2", Address = System.Net.IPAddress.Loopback }], Sample.Quotas);

        _file.Inventory.EnsureInVpc(registered, ["i-2"]);
        Ensure(null, "i-1", "i-2");
    }

    private string[] Ensure(string? vpcId, params string[] instanceIds)
    {
        _file.Inventory.EnsureInVpc(Sample.LoadBalancer() with { VpcId = vpcId }, instanceIds);
        return instanceIds;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.Inventory;

/// <summary>
/// What an account has in a region without being told: a default VPC with a subnet for each zone, as at AWS, and the groups that AWS makes
/// unasked. The ids are the same whenever they are asked for.
/// </summary>
internal sealed class MadeUpNetwork(AccountId account, string region, IReadOnlyList<string> zones)
{
    /// <summary>A default VPC is a /16 with a /20 for each zone (Amazon VPC user guide), so that is how many there are.</summary>
    private const int MaximumSubnets = 16;

    public Vpc DefaultVpc { get; } = new()
    {
        VpcId = NetworkId.Of(NetworkId.Vpc, account, region, "default"),
        Cidr = "172.31.0.0/16",
        IsDefault = true,
    };

    public string UnlistedVpcId => NetworkId.Of(NetworkId.Vpc, account, region, "unlisted");

    public IEnumerable<Subnet> DefaultSubnets => zones.Select((zone, index) => new Subnet
    {
        SubnetId = NetworkId.Of(NetworkId.Subnet, account, region, zone),
        VpcId = DefaultVpc.VpcId,
        AvailabilityZone = zone,
        Cidr = index < MaximumSubnets ? string.Create(CultureInfo.InvariantCulture, $"172.31.{index * 16}.0/20") : null,
    });

    /// <summary>AWS's lets in only its own members; nothing is known of them here, so the rules count as not known.</summary>
    public SecurityGroup DefaultGroupOf(string vpcId) => new()
    {
        GroupId = NetworkId.Of(NetworkId.SecurityGroup, account, region, $"default/{vpcId}"),
        Name = SecurityGroup.DefaultName,
        VpcId = vpcId,
        Description = "default VPC security group",
    };

    /// <summary>
    /// The group that AWS makes for load balancers without one, by its name and in its words (AWS captures). It lets everyone in.
    /// </summary>
    public SecurityGroup LoadBalancerGroupOf(string vpcId) => new()
    {
        GroupId = NetworkId.Of(NetworkId.SecurityGroup, account, region, $"elb/{vpcId}"),
        Name = $"default_elb_{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(vpcId)).AsSpan(0, 16))}",
        VpcId = vpcId,
        Description = "ELB created security group used when no security group is specified during ELB creation - " +
            "modifications could impact traffic to future ELBs",
        Ingress = [new() { Protocol = "tcp", Sources = [IngressRule.EveryIPv4, IngressRule.EveryIPv6] }],
    };
}

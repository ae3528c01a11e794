using System.Net;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;
using Subnet = CloudLb.Core.Inventory.Subnet;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the subnets of the region: those known, those that load balancers are in, and those named.</summary>
internal sealed class DescribeSubnets(AccountNetworks networks) : IOperation<DescribeSubnetsRequest, DescribeSubnetsResponse>
{
    private const int IPv4Bits = 32;

    /// <summary>Addresses of each subnet that AWS keeps for itself (Amazon VPC user guide, subnet sizing).</summary>
    private const int Reserved = 5;

    public async Task<DescribeSubnetsResponse> ExecuteAsync(
        DescribeSubnetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var selection = request.ToSelection();
        await networks.LookUpAsync(caller, selection.Ids, cancellationToken);
        var network = networks.Of(caller);
        bool IsDefault(Subnet subnet) => network.DefaultSubnet(subnet.AvailabilityZone)?.SubnetId == subnet.SubnetId;
        var kind = new ResourceKind<Subnet>
        {
            Id = subnet => subnet.SubnetId,
            NotFound = id => Ec2Errors.NotFound("InvalidSubnetID.NotFound", "subnet ID", id),
            Filters = new Dictionary<string, Func<Subnet, IEnumerable<string?>>>
            {
                ["subnet-id"] = subnet => [subnet.SubnetId],
                ["vpc-id"] = subnet => [subnet.VpcId],
                ["availability-zone"] = subnet => [subnet.AvailabilityZone],
                ["availabilityZone"] = subnet => [subnet.AvailabilityZone],
                ["cidr-block"] = subnet => [subnet.Cidr],
                ["default-for-az"] = subnet => [Texts.Of(IsDefault(subnet))],
                ["defaultForAz"] = subnet => [Texts.Of(IsDefault(subnet))],
                ["state"] = _ => [Texts.Available],
                ["owner-id"] = _ => [caller.Account],
                ["availability-zone-id"] = subnet => [network.ZoneId(subnet.AvailabilityZone)],
                ["availabilityZoneId"] = subnet => [network.ZoneId(subnet.AvailabilityZone)],
                ["subnet-arn"] = subnet => [Arn(subnet, caller)],
            },
            Tags = subnet => subnet.Tags,
        };

        var (page, nextToken) = kind.Select(networks.Subnets(caller, selection.Ids), selection);
        var subnets = page.Select(subnet => new Contracts.Subnet
        {
            SubnetId = subnet.SubnetId,
            SubnetArn = Arn(subnet, caller),
            State = Texts.Available,
            OwnerId = caller.Account,
            VpcId = subnet.VpcId,
            CidrBlock = subnet.Cidr,
            AvailableIpAddressCount = Available(subnet),
            AvailabilityZone = subnet.AvailabilityZone,
            AvailabilityZoneId = network.ZoneId(subnet.AvailabilityZone),
            DefaultForAz = IsDefault(subnet),
            MapPublicIpOnLaunch = IsDefault(subnet),
            Tags = subnet.Tags.ToWire(),
        });
        return new() { Subnets = [.. subnets], NextToken = nextToken };
    }

    private static string Arn(Subnet subnet, Caller caller) => $"arn:aws:ec2:{caller.Region}:{caller.Account}:subnet/{subnet.SubnetId}";

    private static int? Available(Subnet subnet) => IPNetwork.TryParse(subnet.Cidr, out var network)
        ? (int)Math.Max(0, (1L << (IPv4Bits - network.PrefixLength)) - Reserved)
        : null;
}

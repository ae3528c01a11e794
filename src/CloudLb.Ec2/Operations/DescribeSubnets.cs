using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;
using Subnet = CloudLb.Core.Inventory.Subnet;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the subnets of the region: those known, those that load balancers are in, and those named.</summary>
internal sealed class DescribeSubnets(AccountNetworks networks) : IOperation<DescribeSubnetsRequest, DescribeSubnetsResponse>
{
    public async Task<DescribeSubnetsResponse> ExecuteAsync(DescribeSubnetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await networks.LookUpAsync(caller, request.Selection.Ids, cancellationToken);
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
            },
        };

        var (page, nextToken) = kind.Select(networks.Subnets(caller, request.Selection.Ids), request.Selection);
        var subnets = page.Select(subnet => new Contracts.Subnet
        {
            SubnetId = subnet.SubnetId,
            State = Texts.Available,
            OwnerId = caller.Account,
            VpcId = subnet.VpcId,
            CidrBlock = subnet.Cidr,
            AvailabilityZone = subnet.AvailabilityZone,
            DefaultForAz = IsDefault(subnet),
            MapPublicIpOnLaunch = IsDefault(subnet),
            Tags = [],
        });
        return new() { Subnets = [.. subnets], NextToken = nextToken };
    }
}

using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;
using Vpc = CloudLb.Core.Inventory.Vpc;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the VPCs of the region.</summary>
internal sealed class DescribeVpcs(AccountNetworks networks) : IOperation<DescribeVpcsRequest, DescribeVpcsResponse>
{
    private static readonly ResourceKind<Vpc> Vpcs = new()
    {
        Id = vpc => vpc.VpcId,
        NotFound = id => Ec2Errors.NotFound("InvalidVpcID.NotFound", "vpc ID", id),
        Filters = new Dictionary<string, Func<Vpc, IEnumerable<string?>>>
        {
            ["vpc-id"] = vpc => [vpc.VpcId],
            ["cidr"] = vpc => [vpc.Cidr],
            ["is-default"] = vpc => [Texts.Of(vpc.IsDefault)],
            ["isDefault"] = vpc => [Texts.Of(vpc.IsDefault)],
            ["state"] = _ => [Texts.Available],
        },
    };

    public async Task<DescribeVpcsResponse> ExecuteAsync(DescribeVpcsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await networks.LookUpAsync(caller, request.Selection.Ids, cancellationToken);
        var (page, nextToken) = Vpcs.Select(networks.Of(caller).Vpcs, request.Selection);
        return new() { Vpcs = [.. page.Select(vpc => ToWire(vpc, caller))], NextToken = nextToken };
    }

    private static Contracts.Vpc ToWire(Vpc vpc, Caller caller) => new()
    {
        VpcId = vpc.VpcId,
        OwnerId = caller.Account,
        State = Texts.Available,
        CidrBlock = vpc.Cidr,
        InstanceTenancy = "default",
        IsDefault = vpc.IsDefault,
        Tags = [],
    };
}

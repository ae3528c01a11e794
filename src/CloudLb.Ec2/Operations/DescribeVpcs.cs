using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;
using NetworkId = CloudLb.Core.Inventory.NetworkId;
using Vpc = CloudLb.Core.Inventory.Vpc;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the VPCs of the region.</summary>
internal sealed class DescribeVpcs(AccountNetworks networks) : IOperation<DescribeVpcsRequest, DescribeVpcsResponse>
{
    /// <summary>EC2's word for a VPC that names no DHCP options of its own.</summary>
    private const string NoDhcpOptions = "default";

    // Behind every id.
    private const string Behind = "~";

    public async Task<DescribeVpcsResponse> ExecuteAsync(DescribeVpcsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var selection = request.ToSelection();
        await networks.LookUpAsync(caller, selection.Ids, cancellationToken);
        var kind = new ResourceKind<Vpc>
        {
            Id = vpc => vpc.VpcId,

            // Scripts take the first one, which for most accounts at AWS is the default VPC, as they have no other.
            Place = vpc => vpc.IsDefault ? vpc.VpcId : Behind + vpc.VpcId,
            NotFound = Ec2Errors.VpcNotFound,
            Filters = new Dictionary<string, Func<Vpc, IEnumerable<string?>>>
            {
                ["vpc-id"] = vpc => [vpc.VpcId],
                ["cidr"] = vpc => [vpc.Cidr],
                ["cidr-block-association.cidr-block"] = vpc => [vpc.Cidr],
                ["dhcp-options-id"] = _ => [NoDhcpOptions],
                ["is-default"] = vpc => [Texts.Of(vpc.IsDefault)],
                ["isDefault"] = vpc => [Texts.Of(vpc.IsDefault)],
                ["owner-id"] = _ => [caller.Account],
                ["state"] = _ => [Texts.Available],
            },
            Tags = vpc => vpc.Tags,
        };
        var (page, nextToken) = kind.Select(networks.Of(caller).Vpcs, selection);
        return new() { Vpcs = [.. page.Select(vpc => ToWire(vpc, caller))], NextToken = nextToken };
    }

    private static Contracts.Vpc ToWire(Vpc vpc, Caller caller) => new()
    {
        VpcId = vpc.VpcId,
        OwnerId = caller.Account,
        State = Texts.Available,
        DhcpOptionsId = NoDhcpOptions,
        CidrBlock = vpc.Cidr,
        CidrBlockAssociationSet = vpc.Cidr is null ? [] :
        [
            new()
            {
                AssociationId = NetworkId.Of("vpc-cidr-assoc-", new(caller.Account), caller.Region, vpc.VpcId),
                CidrBlock = vpc.Cidr,
                CidrBlockState = new() { State = Texts.Associated },
            },
        ],
        InstanceTenancy = "default",
        IsDefault = vpc.IsDefault,
        Tags = vpc.Tags.ToWire(),
    };
}

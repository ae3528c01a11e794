using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>
/// Answers the network interfaces of load balancers, one in each of their subnets, as ELB makes them at AWS; none once they are deleted.
/// </summary>
internal sealed class DescribeNetworkInterfaces(AccountNetworks networks)
    : IOperation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse>, IKeepsCalls<DescribeNetworkInterfacesRequest>
{
    /// <summary>Whom AWS names as the owner of a load balancer's interfaces; Terraform and Ansible ask for it.</summary>
    private const string Requester = "amazon-elb";

    private static readonly ResourceKind<NetworkInterface> Interfaces = new()
    {
        Id = one => one.NetworkInterfaceId!,
        NotFound = id => Ec2Errors.NotFound("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", id),
        Filters = new Dictionary<string, Func<NetworkInterface, IEnumerable<string?>>>
        {
            ["network-interface-id"] = one => [one.NetworkInterfaceId],
            ["description"] = one => [one.Description],
            ["subnet-id"] = one => [one.SubnetId],
            ["vpc-id"] = one => [one.VpcId],
            ["availability-zone"] = one => [one.AvailabilityZone],
            ["group-id"] = one => one.Groups!.Select(group => group.GroupId),
            ["group-name"] = one => one.Groups!.Select(group => group.GroupName),
            ["owner-id"] = one => [one.OwnerId],
            ["requester-id"] = one => [one.RequesterId],
            ["requester-managed"] = one => [Texts.Of(one.RequesterManaged == true)],
            ["status"] = one => [one.Status],
            ["private-ip-address"] = one => [one.PrivateIpAddress],
            ["addresses.private-ip-address"] = one => [one.PrivateIpAddress],
            ["attachment.instance-owner-id"] = one => [one.Attachment!.InstanceOwnerId],
            ["attachment.instance-id"] = _ => [],
            ["attachment.attachment-id"] = one => [one.Attachment!.AttachmentId],
            ["attachment.status"] = one => [one.Attachment!.Status],
        },
        Tags = _ => [],
    };

    public Task<DescribeNetworkInterfacesResponse> ExecuteAsync(
        DescribeNetworkInterfacesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var network = networks.Of(caller);
        var all = networks.Places(caller).SelectMany(place => Of(place, network));
        var (page, nextToken) = Interfaces.Select(all, request.ToSelection());
        return Task.FromResult(new DescribeNetworkInterfacesResponse { NetworkInterfaces = page, NextToken = nextToken });
    }

    /// <summary>Those of load balancers nobody else has. A question that could mean others too goes to who has those.</summary>
    public bool Keeps(DescribeNetworkInterfacesRequest request, Caller caller)
    {
        var selection = request.ToSelection();
        var network = networks.Of(caller);
        return selection.Filters.Any(IsOfLoadBalancers)
            || (selection.Ids.Count > 0 && networks.Places(caller).SelectMany(place => Of(place, network))
                .Select(one => one.NetworkInterfaceId).Intersect(selection.Ids).Any());
    }

    private static bool IsOfLoadBalancers(Filter filter) => filter.Name switch
    {
        "requester-id" or "attachment.instance-owner-id" => filter.Values?.Contains(Requester) == true,
        "description" => filter.Values?.Any(value => value.StartsWith("ELB ", StringComparison.Ordinal)) == true,
        _ => false,
    };

    private static IEnumerable<NetworkInterface> Of(NetworkPlace place, Network network) =>
        place.Subnets.Select(subnet => new NetworkInterface
    {
        NetworkInterfaceId = Id(NetworkId.NetworkInterface, place, subnet.SubnetId),
        SubnetId = subnet.SubnetId,
        VpcId = place.VpcId,
        AvailabilityZone = subnet.AvailabilityZone,
        Description = place.Description,
        OwnerId = place.Account,
        RequesterId = Requester,
        RequesterManaged = true,

        // AWS shows in-use; Ansible's elb_classic_lb, told to wait, waits for "available" after it made a load balancer.
        Status = Texts.Available,
        PrivateIpAddress = subnet.Address.ToString(),
        Groups =
        [
            .. place.SecurityGroups.Select(id => new GroupIdentifier
            {
                GroupId = id,
                GroupName = network.FindSecurityGroup(id, place.VpcId)?.Name ?? id,
            }),
        ],
        Attachment = new() { AttachmentId = Id("eni-attach-", place, subnet.SubnetId), InstanceOwnerId = Requester, Status = "attached" },
        TagSet = [],
    });

    private static string Id(string prefix, NetworkPlace place, string subnetId) =>
        NetworkId.Of(prefix, new(place.Account), place.Region, $"{place.Name}/{subnetId}");
}

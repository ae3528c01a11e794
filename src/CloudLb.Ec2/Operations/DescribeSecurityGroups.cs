using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;
using NetworkId = CloudLb.Core.Inventory.NetworkId;
using SecurityGroup = CloudLb.Core.Inventory.SecurityGroup;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the security groups of the region: those known, those that load balancers have, and those named.</summary>
internal sealed class DescribeSecurityGroups(AccountNetworks networks) : IOperation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>
{
    private const string GroupName = "group-name";

    public async Task<DescribeSecurityGroupsResponse> ExecuteAsync(DescribeSecurityGroupsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await networks.LookUpAsync(caller, request.Selection.Ids, cancellationToken);
        var kind = new ResourceKind<SecurityGroup>
        {
            Id = group => group.GroupId,
            NotFound = id => NetworkId.IsWellFormed(id, NetworkId.SecurityGroup)
                ? NotFound(id)
                : Ec2Errors.Malformed("InvalidGroupId.Malformed", id, NetworkId.SecurityGroup),
            Filters = new Dictionary<string, Func<SecurityGroup, IEnumerable<string?>>>
            {
                ["group-id"] = group => [group.GroupId],
                [GroupName] = group => [group.Name],
                ["vpc-id"] = group => [group.VpcId],
                ["owner-id"] = _ => [caller.Account],
                ["description"] = group => [group.Description],
            },
        };
        var groups = networks.SecurityGroups(caller, request.Selection.Ids).ToList();
        if (request.GroupNames.FirstOrDefault(name => groups.TrueForAll(group => group.Name != name)) is { } missing)
        {
            throw NotFound(missing);
        }

        if (request.GroupNames.Count > 0)
        {
            groups.RemoveAll(group => !request.GroupNames.Contains(group.Name));
        }

        var (page, nextToken) = kind.Select(groups, request.Selection);
        return new() { SecurityGroups = [.. page.Select(group => group.ToWire(caller.Account))], NextToken = nextToken };
    }

    private static WireException NotFound(string group) => Ec2Errors.NotFound("InvalidGroup.NotFound", "security group", group);
}

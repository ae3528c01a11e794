using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;
using NetworkId = CloudLb.Core.Inventory.NetworkId;
using SecurityGroup = CloudLb.Core.Inventory.SecurityGroup;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the security groups of the region: those known, those that load balancers have, and those named.</summary>
internal sealed class DescribeSecurityGroups(AccountNetworks networks)
    : IOperation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>, IKeepsCalls<DescribeSecurityGroupsRequest>
{
    private const string GroupName = "group-name";
    private const string OwnerId = "owner-id";

    /// <summary>How the names of groups begin that are made for load balancers without any.</summary>
    private const string MadeHere = "default_elb_";

    public async Task<DescribeSecurityGroupsResponse> ExecuteAsync(
        DescribeSecurityGroupsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var selection = request.ToSelection();
        await networks.LookUpAsync(caller, selection.Ids, cancellationToken);
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
                [OwnerId] = _ => [caller.Account],
                ["description"] = group => [group.Description],
            },
            Tags = group => group.Tags,
        };
        var groups = networks.SecurityGroups(caller, selection.Ids).ToList();
        if (request.GroupNames?.FirstOrDefault(name => groups.TrueForAll(group => group.Name != name)) is { } missing)
        {
            throw NotFound(missing);
        }

        if (request.GroupNames is { Count: > 0 } wanted)
        {
            groups.RemoveAll(group => !wanted.Contains(group.Name));
        }

        var (page, nextToken) = kind.Select(groups, selection);
        return new() { SecurityGroups = [.. page.Select(group => group.ToWire(caller.Account))], NextToken = nextToken };
    }

    /// <summary>
    /// A load balancer's source group is asked for by its name and by its owner, which is the account here, whatever that is elsewhere; and
    /// nobody else has the groups that are made here.
    /// </summary>
    public bool Keeps(DescribeSecurityGroupsRequest request, Caller caller)
    {
        var selection = request.ToSelection();
        var filters = selection.Filters.ToLookup(filter => filter.Name, filter => filter.Values ?? []);
        var names = (request.GroupNames ?? []).Concat(filters[GroupName].SelectMany(values => values)).ToList();
        return names.Exists(name => name.StartsWith(MadeHere, StringComparison.Ordinal))
            || (names.Count > 0 && filters[OwnerId].Any(owners => owners.Contains(caller.Account)))
            || networks.SecurityGroups(caller, []).Any(
                group => group.Name.StartsWith(MadeHere, StringComparison.Ordinal)
                    && (selection.Ids.Contains(group.GroupId) || filters["group-id"].Any(ids => ids.Contains(group.GroupId))));
    }

    private static WireException NotFound(string group) => Ec2Errors.NotFound("InvalidGroup.NotFound", "security group", group);
}

using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;
using Vpc = CloudLb.Core.Inventory.Vpc;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the main route table of each VPC, which every VPC has and all of its subnets use; there are no others here.</summary>
internal sealed class DescribeRouteTables(AccountNetworks networks) : IOperation<DescribeRouteTablesRequest, DescribeRouteTablesResponse>
{
    private static readonly ResourceKind<RouteTable> Tables = new()
    {
        Id = table => table.RouteTableId!,
        NotFound = id => Ec2Errors.NotFound("InvalidRouteTableID.NotFound", "routeTable ID", id),
        Filters = new Dictionary<string, Func<RouteTable, IEnumerable<string?>>>
        {
            ["route-table-id"] = table => [table.RouteTableId],
            ["vpc-id"] = table => [table.VpcId],
            ["owner-id"] = table => [table.OwnerId],
            ["association.main"] = table => table.Associations!.Select(one => Texts.Of(one.Main == true)),
            ["association.route-table-association-id"] = table => table.Associations!.Select(one => one.RouteTableAssociationId),
            ["association.route-table-id"] = table => table.Associations!.Select(one => one.RouteTableId),

            // Subnets use the main table without being associated with it.
            ["association.subnet-id"] = _ => [],
            ["association.gateway-id"] = _ => [],
            ["route.destination-cidr-block"] = table => table.Routes!.Select(one => one.DestinationCidrBlock),
            ["route.gateway-id"] = table => table.Routes!.Select(one => one.GatewayId),
            ["route.origin"] = table => table.Routes!.Select(one => one.Origin),
            ["route.state"] = table => table.Routes!.Select(one => one.State),
        },
        Tags = _ => [],
    };

    public async Task<DescribeRouteTablesResponse> ExecuteAsync(
        DescribeRouteTablesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await networks.LookUpAsync(caller, [], cancellationToken);
        var (page, nextToken) = Tables.Select(networks.Of(caller).Vpcs.Select(vpc => MainOf(vpc, caller)), request.ToSelection());
        return new() { RouteTables = page, NextToken = nextToken };
    }

    private static RouteTable MainOf(Vpc vpc, Caller caller)
    {
        string Id(string prefix) => NetworkId.Of(prefix, new(caller.Account), caller.Region, vpc.VpcId);
        return new()
        {
            RouteTableId = Id("rtb-"),
            VpcId = vpc.VpcId,
            OwnerId = caller.Account,
            Routes =
            [
                .. vpc.Cidr is { } cidr ? [Route(cidr, "local", "CreateRouteTable")] : Array.Empty<Route>(),
                .. vpc.HasInternetGateway ? [Route(IngressRule.EveryIPv4, Id("igw-"), "CreateRoute")] : Array.Empty<Route>(),
            ],
            Associations =
            [
                new()
                {
                    RouteTableAssociationId = Id("rtbassoc-"),
                    RouteTableId = Id("rtb-"),
                    Main = true,
                    AssociationState = new() { State = Texts.Associated },
                },
            ],
            Tags = [],
        };
    }

    private static Route Route(string destination, string gateway, string origin) =>
        new() { DestinationCidrBlock = destination, GatewayId = gateway, State = "active", Origin = origin };
}

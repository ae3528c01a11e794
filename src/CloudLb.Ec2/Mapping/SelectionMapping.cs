using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Mapping;

/// <summary>What each description calls the ids that it can be narrowed by.</summary>
internal static class SelectionMapping
{
    public static Selection ToSelection(this DescribeAvailabilityZonesRequest request) => Selection.Of(request.ZoneNames, request.Filters);

    public static Selection ToSelection(this DescribeInstancesRequest request) =>
        Selection.Of(request.InstanceIds, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeInstanceTypesRequest request) =>
        Selection.Of(request.InstanceTypes, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeNetworkInterfacesRequest request) =>
        Selection.Of(request.NetworkInterfaceIds, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeRouteTablesRequest request) =>
        Selection.Of(request.RouteTableIds, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeSecurityGroupsRequest request) =>
        Selection.Of(request.GroupIds, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeSubnetsRequest request) =>
        Selection.Of(request.SubnetIds, request.Filters, request.MaxResults, request.NextToken);

    public static Selection ToSelection(this DescribeVpcsRequest request) =>
        Selection.Of(request.VpcIds, request.Filters, request.MaxResults, request.NextToken);
}

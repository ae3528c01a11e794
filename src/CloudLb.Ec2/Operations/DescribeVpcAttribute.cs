using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>
/// Answers one attribute of a VPC, as AWS makes them: names are resolved, and only the default VPC's instances have public ones.
/// </summary>
internal sealed class DescribeVpcAttribute(AccountNetworks networks) : IOperation<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse>
{
    public async Task<DescribeVpcAttributeResponse> ExecuteAsync(
        DescribeVpcAttributeRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var id = request.VpcId ?? throw Ec2Errors.Missing("vpcId");
        await networks.LookUpAsync(caller, [id], cancellationToken);
        var vpc = networks.Of(caller).FindVpc(id) ?? throw Ec2Errors.VpcNotFound(id);
        var answer = new DescribeVpcAttributeResponse { VpcId = id };
        return request.Attribute switch
        {
            "enableDnsSupport" => answer with { EnableDnsSupport = new() { Value = true } },
            "enableDnsHostnames" => answer with { EnableDnsHostnames = new() { Value = vpc.IsDefault } },
            "enableNetworkAddressUsageMetrics" => answer with { EnableNetworkAddressUsageMetrics = new() { Value = false } },
            var other => throw Ec2Errors.UnknownAttribute(other),
        };
    }
}

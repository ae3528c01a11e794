using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the two attributes of the account that mean something here: that it has VPCs, and its default one.</summary>
internal sealed class DescribeAccountAttributes(AccountNetworks networks)
    : IOperation<DescribeAccountAttributesRequest, DescribeAccountAttributesResponse>
{
    public Task<DescribeAccountAttributesResponse> ExecuteAsync(
        DescribeAccountAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        // EC2's word for an account without a default VPC is "none".
        IReadOnlyList<AccountAttribute> all =
            [Attribute("default-vpc", networks.Of(caller).DefaultVpc?.VpcId ?? "none"), Attribute("supported-platforms", "VPC")];
        if (request.AttributeNames?.FirstOrDefault(name => all.All(attribute => attribute.AttributeName != name)) is { } unknown)
        {
            throw Ec2Errors.InvalidValue(
                $"Value ( {unknown} ) for parameter attributeName is invalid; known here are default-vpc and supported-platforms");
        }

        var asked = all.Where(attribute => request.AttributeNames is not { Count: > 0 } names || names.Contains(attribute.AttributeName!));
        return Task.FromResult(new DescribeAccountAttributesResponse { AccountAttributes = [.. asked] });
    }

    private static AccountAttribute Attribute(string name, string value) =>
        new() { AttributeName = name, AttributeValues = [new() { AttributeValue = value }] };
}

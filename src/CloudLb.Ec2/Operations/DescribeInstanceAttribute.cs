using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers one attribute of an instance: its type, and what Terraform asks of each, as it is where nobody has set it.</summary>
internal sealed class DescribeInstanceAttribute(IInventory inventory)
    : IOperation<DescribeInstanceAttributeRequest, DescribeInstanceAttributeResponse>
{
    public async Task<DescribeInstanceAttributeResponse> ExecuteAsync(
        DescribeInstanceAttributeRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var id = request.InstanceId ?? throw Ec2Errors.Missing("instanceId");
        await inventory.LookUpAsync([id], cancellationToken);
        var instance = inventory.Listed.Instances.GetValueOrDefault(id) is { } known && known.IsOf(new(caller.Account))
            ? known
            : throw Ec2Errors.InstanceNotFound(id);
        var answer = new DescribeInstanceAttributeResponse { InstanceId = id };
        return request.Attribute switch
        {
            "instanceType" => answer with { InstanceType = new() { Value = instance.InstanceType ?? DescribeInstanceTypes.Default } },
            "disableApiStop" => answer with { DisableApiStop = new() { Value = false } },
            "disableApiTermination" => answer with { DisableApiTermination = new() { Value = false } },
            "userData" => answer with { UserData = new() },
            var other => throw Ec2Errors.UnknownAttribute(other),
        };
    }
}

using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the types that instances of the inventory have. Nothing is known of a type but its name: it promises nothing.</summary>
internal sealed class DescribeInstanceTypes(IInventory inventory) : IOperation<DescribeInstanceTypesRequest, DescribeInstanceTypesResponse>
{
    /// <summary>
    /// The type of instances of which none is known: EC2's own, of instances that are started without one (EC2 API reference,
    /// RunInstances).
    /// </summary>
    public const string Default = "m1.small";

    private static readonly ResourceKind<InstanceTypeInfo> Types = new()
    {
        Id = type => type.InstanceType!,
        NotFound = id => new(new("InvalidInstanceType", 400, $"The following supplied instance types do not exist: [{id}]")),
        Filters = new Dictionary<string, Func<InstanceTypeInfo, IEnumerable<string?>>>
        {
            ["instance-type"] = type => [type.InstanceType],
            ["current-generation"] = type => [Texts.Of(type.CurrentGeneration == true)],
            ["free-tier-eligible"] = type => [Texts.Of(type.FreeTierEligible == true)],
            ["bare-metal"] = type => [Texts.Of(type.BareMetal == true)],
            ["burstable-performance-supported"] = type => [Texts.Of(type.BurstablePerformanceSupported == true)],
            ["hibernation-supported"] = type => [Texts.Of(type.HibernationSupported == true)],
            ["instance-storage-supported"] = type => [Texts.Of(type.InstanceStorageSupported == true)],
        },
    };

    public Task<DescribeInstanceTypesResponse> ExecuteAsync(
        DescribeInstanceTypesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var account = new AccountId(caller.Account);
        var all = inventory.Listed.Instances.Values.Where(instance => instance.IsOf(account))
            .Select(instance => instance.InstanceType ?? Default).Append(Default).Distinct();
        var (page, nextToken) = Types.Select(all.Select(Named), request.ToSelection());
        return Task.FromResult(new DescribeInstanceTypesResponse { InstanceTypes = page, NextToken = nextToken });
    }

    private static InstanceTypeInfo Named(string name) => new()
    {
        InstanceType = name,
        CurrentGeneration = true,
        FreeTierEligible = false,
        BareMetal = false,
        BurstablePerformanceSupported = false,
        HibernationSupported = false,
        InstanceStorageSupported = false,
    };
}

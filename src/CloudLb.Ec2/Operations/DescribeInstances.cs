using System.Net.Sockets;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>
/// Answers the instances of the account, or of none, that the inventory lists in the region's zones, or in no zone: one reservation each,
/// all running.
/// </summary>
internal sealed class DescribeInstances(IInventory inventory, IRegionZones zones)
    : IOperation<DescribeInstancesRequest, DescribeInstancesResponse>
{
    /// <summary>EC2's code and name of the only state there is here.</summary>
    private static readonly InstanceState Running = new() { Code = 16, Name = "running" };

    /// <summary>When instances were launched: nobody says, and Terraform's provider (5.100.0) crashes where there is no time.</summary>
    private static readonly DateTimeOffset Unknown = DateTimeOffset.UnixEpoch;

    private static readonly ResourceKind<InventoryInstance> Instances = new()
    {
        Id = instance => instance.InstanceId,
        NotFound = Ec2Errors.InstanceNotFound,
        Filters = new Dictionary<string, Func<InventoryInstance, IEnumerable<string?>>>
        {
            ["instance-id"] = instance => [instance.InstanceId],
            ["private-ip-address"] = instance => [instance.Address.ToString()],
            ["availability-zone"] = instance => [instance.AvailabilityZone],
            ["vpc-id"] = instance => [instance.VpcId],
            ["instance-state-name"] = _ => [Running.Name],
            ["instance-state-code"] = _ => ["16"],
            ["instance-type"] = instance => [TypeOf(instance)],
        },
        Tags = instance => instance.Tags,
    };

    public async Task<DescribeInstancesResponse> ExecuteAsync(
        DescribeInstancesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var selection = request.ToSelection();
        await inventory.LookUpAsync(selection.Ids, cancellationToken);
        var here = zones.Of(caller.Region);
        var account = new AccountId(caller.Account);
        var all = inventory.Listed.Instances.Values.Where(
            instance => instance.IsOf(account) && (instance.AvailabilityZone is null || here.Contains(instance.AvailabilityZone)));
        var (page, nextToken) = Instances.Select(all, selection);
        return new() { Reservations = [.. page.Select(instance => Alone(instance, caller))], NextToken = nextToken };
    }

    private static string TypeOf(InventoryInstance instance) => instance.InstanceType ?? DescribeInstanceTypes.Default;

    private static Reservation Alone(InventoryInstance instance, Caller caller) => new()
    {
        ReservationId = NetworkId.Of("r-", new(caller.Account), caller.Region, instance.InstanceId),
        OwnerId = caller.Account,
        Groups = [],
        Instances =
        [
            new()
            {
                InstanceId = instance.InstanceId,
                State = Running,
                InstanceType = TypeOf(instance),
                LaunchTime = Unknown,
                PrivateIpAddress = instance.Address.AddressFamily == AddressFamily.InterNetwork ? instance.Address.ToString() : null,
                Ipv6Address = instance.Address.AddressFamily == AddressFamily.InterNetworkV6 ? instance.Address.ToString() : null,
                Placement = new() { AvailabilityZone = instance.AvailabilityZone, Tenancy = "default" },
                VpcId = instance.VpcId,
                Tags = instance.Tags.ToWire(),
            },
        ],
    };
}

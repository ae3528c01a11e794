using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Elb.Domain;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Instances: ids come in, and are held against the inventory where they must be known.</summary>
internal static class InstanceMapping
{
    /// <summary>The ids that a request names: at least one, each once, in the order asked.</summary>
    public static IReadOnlyList<string> Ids(this IReadOnlyList<Wire.Instance> instances) =>
        instances.NotEmpty("Instances").All(instance => !string.IsNullOrEmpty(instance.InstanceId))
            ? [.. instances.Select(instance => instance.InstanceId!).Distinct()]
            : throw CommonErrors.ValidationError.Because("InstanceId cannot be empty");

    /// <summary>
    /// Where the instances are; one that the inventory does not know, or that is another account's, is InvalidInstance, for the whole call.
    /// </summary>
    public static async Task<IReadOnlyList<Instance>> LocateAsync(
        this IInventory inventory, AccountId account, IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        await inventory.LookUpAsync(instanceIds, cancellationToken);
        var located = new List<Instance>(instanceIds.Count);
        foreach (var id in instanceIds)
        {
            if (await inventory.FindAsync(id, cancellationToken) is not { } found || !found.IsOf(account))
            {
                throw Unknown(id);
            }

            located.Add(new() { InstanceId = id, Address = found.Address, AvailabilityZone = found.AvailabilityZone });
        }

        return located;
    }

    /// <summary>Holds that each id is known: registered now or once, or to the inventory.</summary>
    public static async Task EnsureKnownAsync(
        this IInventory inventory, LoadBalancer loadBalancer, IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        var others = instanceIds.Where(id => loadBalancer.FindInstance(id) is null && !loadBalancer.WasRegistered(id)).ToList();
        await inventory.LookUpAsync(others, cancellationToken);
        foreach (var id in others)
        {
            if (await inventory.FindAsync(id, cancellationToken) is not { } found || !found.IsOf(loadBalancer.Key.Account))
            {
                throw Unknown(id);
            }
        }
    }

    /// <summary>Holds that no instance that joins is known to be in another VPC; what is registered already stays.</summary>
    public static void EnsureInVpc(this IInventory inventory, LoadBalancer loadBalancer, IEnumerable<string> instanceIds)
    {
        if (loadBalancer.VpcId is { } vpcId && inventory.Listed.HasVpc(vpcId)
            && instanceIds.FirstOrDefault(
                id => loadBalancer.FindInstance(id) is null && inventory.Known(id)?.VpcId is { } other && other != vpcId) is { } stranger)
        {
            // AWS's words: troubleshooting page of Auto Scaling.
            throw Errors.InvalidInstance.Because($"EC2 instance {stranger} is not in VPC.");
        }
    }

    public static IReadOnlyList<Wire.Instance> ToWire(this EquatableArray<Instance> instances)
    {
        var wire = new Wire.Instance[instances.Count];
        for (var index = 0; index < wire.Length; index++)
        {
            wire[index] = new() { InstanceId = instances[index].InstanceId };
        }

        return wire;
    }

    private static ServiceException Unknown(string id) => Errors.InvalidInstance.Because($"Could not find EC2 instance {id}.");
}

using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>
    /// How many ids that were registered once are remembered; those of the last deregistration all are, so that it can be repeated.
    /// </summary>
    private const int MaximumFormerInstances = 100;

    /// <summary>The instance that is registered by that id, or by another spelling of it.</summary>
    public Instance? FindInstance(string instanceId)
    {
        // There can be a thousand, and all of them can be asked for at once.
        if (Instances.AsSpan().BinarySearch(new Sought(instanceId)) is >= 0 and var index)
        {
            return Instances[index];
        }

        // An id as EC2 gives them has one spelling only.
        return InstanceId.IsEc2(instanceId)
            ? null
            : Instances.FirstOrDefault(instance => InstanceSpelling.Same.Equals(instance.InstanceId, instanceId));
    }

    /// <summary>The id as it is registered, or was when it was deregistered and still drains; as it is given where it is neither.</summary>
    public string SpellingOf(string instanceId) => FindInstance(instanceId)?.InstanceId
        ?? Draining.FirstOrDefault(entry => InstanceSpelling.Same.Equals(entry.Instance.InstanceId, instanceId))?.Instance.InstanceId
        ?? instanceId;

    /// <summary>Whether the id was registered once, in whatever spelling.</summary>
    public bool WasRegistered(string instanceId) => FormerInstances.Contains(instanceId, InstanceSpelling.Same);

    /// <summary>
    /// Registers instances; one that is registered already, in whatever spelling, is no error, keeps its spelling and takes what the
    /// inventory now says of it. What others have registered stays theirs when its member registers it, and becomes theirs when they do.
    /// </summary>
    public LoadBalancer WithInstances(IEnumerable<Instance> added, Quotas quotas)
    {
        var byId = new SortedDictionary<string, Instance>(Instances.ToDictionary(instance => instance.InstanceId), StringComparer.Ordinal);
        var registered = new Dictionary<string, string>(InstanceSpelling.Same);
        foreach (var id in byId.Keys)
        {
            registered.TryAdd(id, id);
        }

        var addedIds = new HashSet<string>(InstanceSpelling.Same);
        foreach (var instance in added)
        {
            // What was registered before two spellings were one may stand there in both.
            var id = byId.ContainsKey(instance.InstanceId)
                ? instance.InstanceId
                : registered.GetValueOrDefault(instance.InstanceId, instance.InstanceId);
            registered.TryAdd(id, id);
            var isOthers = byId.TryGetValue(id, out var before) && before.RegisteredBy is null;
            byId[id] = instance with { InstanceId = id, RegisteredBy = isOthers ? null : instance.RegisteredBy };
            addedIds.Add(id);
        }

        if (byId.Count > Math.Max(quotas.RegisteredInstances, Instances.Count))
        {
            // The code that every action may answer: RegisterInstancesWithLoadBalancer has none of its own for it (service model).
            throw CommonErrors.ValidationError.Because("The maximum number of registered instances per load balancer has been reached.");
        }

        return this with
        {
            Instances = byId.Values.ToEquatableArray(),
            Draining = Draining.Where(draining => !addedIds.Contains(draining.Instance.InstanceId)).ToEquatableArray(),
        };
    }

    /// <summary>
    /// Deregisters instances; one that is not registered is no error. With connection draining on they finish what they have begun.
    /// </summary>
    /// <param name="instanceIds">Which instances.</param>
    /// <param name="now">From when they drain.</param>
    /// <param name="speed">Of the clock of draining; null: as AWS's.</param>
    public LoadBalancer WithoutInstances(IReadOnlyCollection<string> instanceIds, DateTimeOffset now, ClockSpeed? speed = null)
    {
        var ids = instanceIds.ToHashSet(InstanceSpelling.Same);
        var removed = Instances.Where(instance => ids.Contains(instance.InstanceId)).ToList();
        if (removed.Count == 0)
        {
            return this;
        }

        var draining = Draining.Where(entry => entry.Until > now);
        if (Attributes.ConnectionDraining.IsEnabled)
        {
            var until = now + (speed ?? ClockSpeed.Real).Of(Attributes.ConnectionDraining.Timeout);

            // An instance of a zone that is not enabled takes no traffic, so it has nothing to finish.
            draining = draining.Concat(
                removed
                    .Where(instance => IsZoneEnabled(instance.AvailabilityZone))
                    .Select(instance => new DrainingInstance(instance, until)));
        }

        var former = FormerInstances.Where(id => !ids.Contains(id)).Concat(removed.Select(instance => instance.InstanceId));
        return this with
        {
            Instances = Instances.Where(instance => !ids.Contains(instance.InstanceId)).ToEquatableArray(),
            Draining = draining.ToEquatableArray(),
            FormerInstances = former.TakeLast(Math.Max(MaximumFormerInstances, removed.Count)).ToEquatableArray(),
        };
    }

    /// <summary>Deregisters instances whose leases have ended, the first of them first, and no more than leave the minimum.</summary>
    public LoadBalancer WithoutOverdue(
        IReadOnlyCollection<string> instanceIds, int minimum, DateTimeOffset now, ClockSpeed? speed = null) =>
        WithoutInstances([.. instanceIds.Take(Math.Max(0, Instances.Count - minimum))], now, speed);

    /// <summary>Finds an id among instances in the order of their ids.</summary>
    private readonly struct Sought(string instanceId) : IComparable<Instance>
    {
        public int CompareTo(Instance? other) => string.CompareOrdinal(instanceId, other?.InstanceId);
    }
}

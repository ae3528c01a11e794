using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Accounts;

namespace CloudLb.ElbV2.Domain;

public sealed partial record TargetGroup
{
    /// <summary>The target that is registered by that id and port; null when there is none.</summary>
    public Target? Find(TargetId id)
    {
        var index = Targets.AsSpan().BinarySearch(new Sought(id));
        return index >= 0 ? Targets[index] : null;
    }

    /// <summary>The load balancers that are its targets.</summary>
    [JsonIgnore]
    public IEnumerable<Arn> LoadBalancers => TargetType == TargetType.Alb ? Targets.Select(target => Arn.Parse(target.Id)) : [];

    /// <summary>What was deregistered: some finish what they have begun, and the time of others is over.</summary>
    public IReadOnlyDictionary<TargetId, DrainingTarget> Deregistered()
    {
        var deregistered = new Dictionary<TargetId, DrainingTarget>(Draining.Count);
        foreach (var entry in Draining)
        {
            deregistered.TryAdd(new(entry.Target.Id, entry.Target.Port), entry);
        }

        return deregistered;
    }

    /// <summary>
    /// Registers targets; one that is registered already is no error and takes what the inventory now says of it, and one that drains
    /// returns. What others have registered stays theirs when its member registers it, and becomes theirs when they do.
    /// </summary>
    public TargetGroup WithTargets(IReadOnlyCollection<Target> added, Quotas quotas)
    {
        var all = new SortedSet<Target>(added.Select(
            target => Find(new(target.Id, target.Port)) is { RegisteredBy: null } ? target with { RegisteredBy = null } : target));
        var ids = added.Select(target => new TargetId(target.Id, target.Port)).ToHashSet();
        all.UnionWith(Targets.Where(target => !ids.Contains(new(target.Id, target.Port))));
        if (all.Count > Math.Max(quotas.TargetsPerGroup, Targets.Count))
        {
            throw Errors.TooManyTargets.Because(
                $"The maximum number of targets per target group '{quotas.TargetsPerGroup}' has been reached on target group '{Arn}'");
        }

        return this with
        {
            Targets = all.ToEquatableArray(),
            Draining = Draining.Where(entry => !ids.Contains(new(entry.Target.Id, entry.Target.Port))).ToEquatableArray(),
        };
    }

    /// <summary>Deregisters targets; one that is not registered is no error.</summary>
    /// <param name="ids">Which targets.</param>
    /// <param name="isInUse">Whether any action names the group: what takes no traffic has nothing to finish.</param>
    /// <param name="now">From when they drain.</param>
    /// <param name="speed">Of the clock of draining.</param>
    public TargetGroup WithoutTargets(IReadOnlyCollection<TargetId> ids, bool isInUse, DateTimeOffset now, ClockSpeed speed)
    {
        var wanted = ids.ToHashSet();
        var removed = Targets.Where(target => wanted.Contains(new(target.Id, target.Port))).ToList();
        if (removed.Count == 0)
        {
            return this;
        }

        var until = now + speed.Of(DeregistrationDelay);
        return this with
        {
            Targets = Targets.Where(target => !wanted.Contains(new(target.Id, target.Port))).ToEquatableArray(),
            Draining = Draining.Where(entry => entry.Until > now)
                .Concat(isInUse && until > now ? removed.Select(target => new DrainingTarget(target, until)) : [])
                .ToEquatableArray(),
        };
    }

    /// <summary>What a member has registered itself; none when others have, or nobody.</summary>
    public IEnumerable<Target> RegisteredBy(Member member) =>
        Targets.Where(target => target.RegisteredBy == member.Key.Name && target.Id == member.Instance);

    /// <summary>Finds a target in the order of ids and ports.</summary>
    private readonly struct Sought(TargetId id) : IComparable<Target>
    {
        public int CompareTo(Target? other)
        {
            var order = string.CompareOrdinal(id.Id, other?.Id);
            return order != 0 ? order : id.Port.CompareTo(other!.Port);
        }
    }
}

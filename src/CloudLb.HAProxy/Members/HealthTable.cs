using System.Collections.Concurrent;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Members;

/// <summary>What is known of the members of a cell. Safe to use from any thread; never waits.</summary>
internal sealed class HealthTable
{
    private readonly ConcurrentDictionary<MemberName, MemberHealth> _members = new();
    private long _version;

    /// <summary>Another one after every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Members that have not passed a check since they were registered.</summary>
    public IEnumerable<MemberName> Unproven => _members.Where(pair => pair.Value.IsUnproven).Select(pair => pair.Key);

    public MemberHealth? Find(MemberName name) => _members.GetValueOrDefault(name);

    /// <summary>Takes a member up anew, or as it is known from elsewhere.</summary>
    public void Set(MemberName name, MemberHealth health)
    {
        _members[name] = health;
        Interlocked.Increment(ref _version);
    }

    /// <summary>What is known of the member; one that was not known, or had another address, is new.</summary>
    public MemberHealth Keep(MemberName name, PlannedMember member, PlannedProbe probe)
    {
        var kept = _members.TryGetValue(name, out var known) && known.IsOf(member)
            ? known with { Probe = probe, ProbedAt = known.Probe == probe ? known.ProbedAt : null }
            : MemberHealth.New(member, probe);
        Set(name, kept);
        return kept;
    }

    public void Remove(MemberName name)
    {
        _members.TryRemove(name, out _);
        Interlocked.Increment(ref _version);
    }

    public void RemoveAllBut(IReadOnlySet<MemberName> names)
    {
        foreach (var name in _members.Keys.Where(name => !names.Contains(name)))
        {
            Remove(name);
        }
    }

    /// <summary>Changes what is known of a member.</summary>
    /// <returns>What is known now; null of one that is not here.</returns>
    public MemberHealth? Change(MemberName name, Func<MemberHealth, MemberHealth> change)
    {
        while (_members.TryGetValue(name, out var health))
        {
            var next = change(health);
            if (next == health)
            {
                return health;
            }

            if (_members.TryUpdate(name, next, health))
            {
                Interlocked.Increment(ref _version);
                return next;
            }
        }

        return null;
    }

    /// <summary>How a process should begin with the member: as it is known, or down and unseen.</summary>
    public ServerState StateOf(MemberName name, PlannedMember member)
    {
        var known = _members.TryGetValue(name, out var health) && health.IsOf(member) && !health.IsUnproven ? health : null;
        return new ServerState
        {
            Name = name,
            Address = member.Address,
            Port = member.Port,
            IsSecure = member.IsSecure,
            Weight = member.Weight,
            IsUp = known?.IsUp ?? false,
            IsSeen = known is not null,
            HasPassed = known is { IsUp: true, Failures: 0 } ? true : null,
        };
    }
}

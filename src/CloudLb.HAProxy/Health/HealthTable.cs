using System.Collections.Concurrent;
using CloudLb.Core.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Health;

/// <summary>What is known of the members of a cell. Safe to use from any thread; never waits.</summary>
internal sealed class HealthTable
{
    private readonly ConcurrentDictionary<MemberName, MemberHealth> _members = new();

    /// <summary>Members that have not passed a check since they were registered.</summary>
    public IEnumerable<MemberName> Unproven => _members.Where(pair => pair.Value.IsUnproven).Select(pair => pair.Key);

    public MemberHealth? Find(MemberName name) => _members.GetValueOrDefault(name);

    /// <summary>Takes a member up anew, or as it is known from elsewhere.</summary>
    public void Set(MemberName name, MemberHealth health) => _members[name] = health;

    /// <summary>What is known of the member; one that was not known, or had another address, is new.</summary>
    public MemberHealth Keep(MemberName name, PlannedMember member, PlannedProbe probe) =>
        _members.TryGetValue(name, out var known) && known.IsOf(member) ? known : _members[name] = MemberHealth.New(member, probe);

    public void Remove(MemberName name) => _members.TryRemove(name, out _);

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
            if (_members.TryUpdate(name, next, health))
            {
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
        };
    }
}

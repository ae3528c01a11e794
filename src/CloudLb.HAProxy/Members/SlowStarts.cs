using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// Gives members that came into service more and more, where their pool wants that, by their weights. HAProxy's own <c>slowstart</c> does
/// so for every member, also for the first one of a pool. How far a member is stands in its weight alone, which the state file brings over
/// to the next process (2.6.12) and a process tells the next CloudLb. Used under the gate, but for what says otherwise.
/// </summary>
internal sealed class SlowStarts(CellContext context, HealthTable health)
{
    private readonly Dictionary<MemberName, MemberStart> _starts = [];
    private volatile bool _isUsed, _isUnderWay;

    /// <summary>Whether a pool of the cell wants it. Safe to read from any thread.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Whether a member is on its way. Safe to read from any thread.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>Takes up where an earlier CloudLb was: what the members weigh, in the process or in what was written down.</summary>
    public void TakeUp(IEnumerable<ServerState> servers)
    {
        var weights = servers.DistinctBy(server => server.Name).ToDictionary(server => server.Name, server => server.Weight);
        foreach (var pool in Pools(context.State.Now.Served))
        {
            var isNew = pool.Members.All(active => health.Find(active.Name) is null or { IsUnproven: true });
            foreach (var active in pool.Members)
            {
                var weight = weights.GetValueOrDefault(active.Name, active.Member.Weight);
                _starts[active.Name] = health.Find(active.Name) is not { IsUp: true } ? new(IsFirst: isNew)
                    : weight < active.Member.Weight
                        ? new(Since: context.Now - (active.Pool.SlowStart * weight / active.Member.Weight))
                        : MemberStart.Whole;
            }
        }
    }

    /// <summary>What a member weighs now.</summary>
    public int WeightOf(NamedMember active) => active.Pool.SlowStart > TimeSpan.Zero
        ? (_starts.GetValueOrDefault(active.Name) ?? (health.Find(active.Name) is { IsUp: true } ? MemberStart.Whole : new()))
            .WeightOf(active, context.Now)
        : active.Member.Weight;

    /// <summary>Looks who came into service and who went out of it, and tells the process what its members weigh now.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        var state = context.State.Now;
        var (known, isUnderWay) = (new HashSet<MemberName>(), false);
        var commands = new List<(MemberName Name, int Weight)>();
        foreach (var pool in Pools(state.Served))
        {
            Look(pool.Members);
            foreach (var active in pool.Members)
            {
                known.Add(active.Name);
                isUnderWay |= _starts[active.Name].Since is not null;
                var weight = WeightOf(active);
                if (state.Running is { } process && process.Servers.Contains(active.Name)
                    && process.Weights.GetValueOrDefault(active.Name) != weight)
                {
                    commands.Add((active.Name, weight));
                }
            }
        }

        foreach (var gone in _starts.Keys.Where(name => !known.Contains(name)).ToList())
        {
            _starts.Remove(gone);
        }

        (_isUsed, _isUnderWay) = (known.Count > 0, isUnderWay);
        await TellAsync(state.Running, commands, cancellationToken);
    }

    private async Task TellAsync(CellProcess? process, List<(MemberName Name, int Weight)> commands, CancellationToken cancellationToken)
    {
        if (process is null || commands.Count == 0)
        {
            return;
        }

        await context.TryAsync(async () =>
        {
            await MemberCommands.SendAsync(
                process.Session, [.. commands.Select(each => MemberCommands.Reweight(each.Name, each.Weight))], cancellationToken);
            foreach (var (name, weight) in commands)
            {
                process.Weights[name] = weight;
            }
        });
    }

    /// <summary>
    /// One that comes into service starts slowly if another has its whole share by then, and if it did not join a pool that had none: the
    /// first members of a pool do not, nor those that are there when it begins to want it.
    /// </summary>
    private void Look(IReadOnlyList<NamedMember> members)
    {
        var isNew = members.All(active => !_starts.ContainsKey(active.Name));
        foreach (var active in members)
        {
            var isUp = health.Find(active.Name) is { IsUp: true };
            var before = _starts.GetValueOrDefault(active.Name) ?? new(IsFirst: isNew);
            _starts[active.Name] = (before, isUp) switch
            {
                ({ IsIn: false }, false) => before,
                ({ IsIn: true }, false) => new(),
                ({ IsIn: false, IsFirst: false }, true) when members.Any(HasWholeShare) => new(Since: context.Now),
                ({ IsIn: false }, true) => MemberStart.Whole,
                ({ Since: { } since }, true) when context.Now - since >= active.Pool.SlowStart => MemberStart.Whole,
                _ => before,
            };
        }
    }

    private bool HasWholeShare(NamedMember active) =>
        _starts.GetValueOrDefault(active.Name) == MemberStart.Whole && health.Find(active.Name) is { IsUp: true };

    private static IEnumerable<(PlannedPool Pool, IReadOnlyList<NamedMember> Members)> Pools(IEnumerable<PlannedLoadBalancer> served) =>
        served.Where(planned => planned.Pools.Any(pool => pool.SlowStart > TimeSpan.Zero)).SelectMany(planned => planned.CheckedMembers()
            .Where(active => active.Pool.SlowStart > TimeSpan.Zero)
            .GroupBy(active => active.Pool.Name)
            .Select(pool => (pool.First().Pool, (IReadOnlyList<NamedMember>)[.. pool])));
}

using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>Members of pools that accept certain public keys alone: they are in no process before their certificate was seen, and out when it is another's.</summary>
internal sealed partial class Cell
{
    // A pool that begins to ask for keys waits this long for its members' certificates, so that those that have the right ones miss no request.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<MemberName, MemberProof> _proofs = new();
    private readonly ConcurrentDictionary<MemberName, CertificateLook> _looks = new();
    private readonly ConcurrentDictionary<LoadBalancerId, bool> _seenAnew = new();
    private readonly PinFiles _pins = new(directory.Pins);

    /// <summary>Has the certificates of all members looked at that must show one. Never waits.</summary>
    public void LookAtCertificates()
    {
        var guarded = _entries.Values.Select(entry => entry.Planned).OfType<PlannedLoadBalancer>().SelectMany(Guarded).ToList();
        foreach (var (key, name, member, pool) in guarded)
        {
            Look(key, name, member, pool);
        }

        if (_proofs.Count > guarded.Count)
        {
            var names = guarded.Select(each => each.Name).ToHashSet();
            foreach (var name in _proofs.Keys.Where(name => !names.Contains(name)))
            {
                _proofs.TryRemove(name, out _);
            }
        }
    }

    /// <summary>Takes up what a look has shown; null when no certificate could be had. Never waits.</summary>
    public void Take(CertificateLook look, X509Certificate2Collection? seen)
    {
        var before = _proofs.GetValueOrDefault(look.Name);
        var after = MemberProof.After(before, look.Member, seen, context.Clock.GetUtcNow(), context.Clock.GetSteadyTime());
        _proofs[look.Name] = after;
        _looks.TryRemove(look.Name, out _);
        if (after with { FirstFailure = null } != (before is null ? null : before with { FirstFailure = null }))
        {
            TellProof(look, before, after);
            _seenAnew[look.LoadBalancer] = true;
            context.Changes.Raise();
        }

        look.Done.TrySetResult();
    }

    /// <summary>What the certificate of a planned instance says of its health; null when that is for its checks to say.</summary>
    public ObservedHealth? HealthByProof(PlannedLoadBalancer planned, string instanceId)
    {
        ObservedHealth? byProof = null;
        foreach (var pool in planned.Pools.Where(pool => pool.AcceptedKeys is not null))
        {
            if (pool.FindMember(instanceId) is not { DrainingUntil: null } member)
            {
                continue;
            }

            var known = _proofs.GetValueOrDefault(MemberName.Of(planned.Id, pool, member));
            var proof = known?.IsOf(member) == true ? known : null;
            if (proof?.IsRefused(pool) == true)
            {
                return ObservedHealth.NotAuthentic;
            }

            if (pool.Name == planned.HealthPool && proof?.Certificate is null)
            {
                byProof = proof?.FirstFailure is { } failure && context.Clock.GetSteadyTime() - failure >= pool.Probe.Interval * (pool.Probe.Fall - 1)
                    ? ObservedHealth.Failed
                    : ObservedHealth.Registering;
            }
        }

        return byProof;
    }

    /// <summary>The plan with those members left out that have not shown an accepted key.</summary>
    private PlannedLoadBalancer Admitted(PlannedLoadBalancer planned, PlannedLoadBalancer? served)
    {
        if (planned.Pools.All(pool => pool.AcceptedKeys is null))
        {
            return planned;
        }

        var admitted = planned with
        {
            Pools = planned.Pools
                .Select(pool => pool.AcceptedKeys is null ? pool : pool with { Members = Admitted(planned.Id, pool, served).ToEquatableArray() })
                .ToEquatableArray(),
        };
        return served == admitted ? served : admitted;
    }

    private IEnumerable<PlannedMember> Admitted(LoadBalancerId key, PlannedPool pool, PlannedLoadBalancer? served)
    {
        foreach (var member in pool.Members)
        {
            if (member.DrainingUntil is not null)
            {
                var before = served?.Pools.FirstOrDefault(other => other.Name == pool.Name)?.FindMember(member.Id);
                yield return PinnedMember.Of(member, PinnedMember.CertificateOf(before));
            }
            else if (_proofs.TryGetValue(MemberName.Of(key, pool, member), out var proof) && proof.IsOf(member) && proof.IsAccepted(pool))
            {
                yield return PinnedMember.Of(member, proof.Certificate);
            }
        }
    }

    /// <summary>
    /// Has the certificates looked at that nobody has seen yet. A member that joins a pool that asks for keys already is not waited for: it comes in when it
    /// was seen.
    /// </summary>
    private async Task SeeNewMembersAsync(CancellationToken cancellationToken)
    {
        foreach (var key in _seenAnew.Keys)
        {
            if (_seenAnew.TryRemove(key, out _) && _entries.ContainsKey(key))
            {
                _changed.Add(key);
            }
        }

        var isRunning = _process is { IsAlive: true };
        var awaited = new List<Task>();
        foreach (var entry in _entries.Values.Where(entry => entry.Planned is not null && (!isRunning || _changed.Contains(entry.Id))))
        {
            foreach (var (key, name, member, pool) in Guarded(entry.Planned!).Where(guarded => _proofs.GetValueOrDefault(guarded.Name)?.IsOf(guarded.Member) != true))
            {
                var done = Look(key, name, member, pool);
                if (!isRunning || entry.Served?.Pools.Any(other => other.Name == pool.Name && other.AcceptedKeys == pool.AcceptedKeys) != true)
                {
                    awaited.Add(done);
                }
            }
        }

        if (awaited.Count > 0)
        {
            await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(LongestLook, context.Clock, cancellationToken));
        }
    }

    private void LookAgain(MemberName name)
    {
        if (_proofs.ContainsKey(name) && ProxyName.TryParse(name.Pool, out var key, out _) && _entries.GetValueOrDefault(key)?.Planned is { } planned)
        {
            foreach (var guarded in Guarded(planned).Where(guarded => guarded.Name == name))
            {
                Look(key, name, guarded.Member, guarded.Pool);
            }
        }
    }

    private Task Look(LoadBalancerId key, MemberName name, PlannedMember member, PlannedPool pool)
    {
        var look = new CertificateLook(this, key, name, member, pool, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_looks.TryAdd(name, look))
        {
            context.Probes.Look(look);
        }

        return _looks.GetValueOrDefault(name)?.Done.Task ?? Task.CompletedTask;
    }

    private void TellProof(CertificateLook look, MemberProof? before, MemberProof after)
    {
        var isAccepted = after.IsAccepted(look.Pool);
        if (after.Certificate is not null && !isAccepted && before?.Certificate?.KeyId != after.Certificate.KeyId)
        {
            Log.NotAuthentic(context.Logger, look.Name);
        }
        else if (isAccepted && before?.IsRefused(look.Pool) == true)
        {
            Log.Authentic(context.Logger, look.Name);
        }
    }

    /// <summary>Makes what joins known to the process: nothing is read from files there.</summary>
    private async Task PinAsync(CellProcess process, MemberChanges changes, CancellationToken cancellationToken)
    {
        foreach (var anchor in changes.Pinned.Select(pinned => pinned.Certificate.Anchor).OfType<TrustAnchor>().Where(anchor => !process.Anchors.Contains(anchor.Id)))
        {
            if (anchor.Pem.Length > context.Binary.Capabilities.LongestPayload)
            {
                throw new RuntimeException($"The certificate {anchor.Id} that an instance is trusted by is too long for a command");
            }

            var answers = await process.Session.SendAsync([PinCommands.New(anchor), PinCommands.Set(anchor), PinCommands.Commit(anchor)], cancellationToken);
            if (!PinCommands.IsTaken(answers[1]) || !PinCommands.IsCommitted(answers[2]))
            {
                throw new RuntimeException($"HAProxy did not take the certificate {anchor.Id} that an instance is trusted by: {answers[1]} {answers[2]}");
            }

            process.Anchors.Add(anchor.Id);
        }

        await SendAsync(process, [.. changes.Pinned.Select(pinned => PinCommands.Accept(pinned.Pool, pinned.Certificate.Fingerprint))], cancellationToken);
    }

    /// <summary>The process before goes on with the connections that it has; nothing of them goes to a member any more that had to show a key and has not.</summary>
    private async Task ShutOutAsync(CellProcess before, CancellationToken cancellationToken)
    {
        var refused = new List<MemberName>();
        foreach (var entry in _entries.Values.Where(entry => entry.Served is not null && entry.Target is not null && entry.Planned is not null))
        {
            var admitted = ActiveMembers(entry.Target!).Select(active => active.Name).ToHashSet();
            refused.AddRange(Guarded(entry.Planned!).Select(guarded => guarded.Name).Where(name => !admitted.Contains(name) && before.Servers.Contains(name)));
        }

        await TryAsync(() => SendAsync(before, [.. refused.Select(MemberCommands.Remove)], cancellationToken));
    }

    private static IEnumerable<string> AnchorsOf(PlannedLoadBalancer? loadBalancer) =>
        (loadBalancer?.Pools ?? []).SelectMany(pool => pool.Members).Select(member => PinnedMember.CertificateOf(member)?.Anchor?.Id).OfType<string>();

    private static IEnumerable<(LoadBalancerId Key, MemberName Name, PlannedMember Member, PlannedPool Pool)> Guarded(PlannedLoadBalancer planned) =>
        planned.Pools.Where(pool => pool.AcceptedKeys is not null).SelectMany(pool => pool.Members
            .Where(member => member.DrainingUntil is null)
            .Select(member => (planned.Id, MemberName.Of(planned.Id, pool, member), member, pool)));
}

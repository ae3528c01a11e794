using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// What the certificates of members have shown that must have an accepted key: they are in no process before theirs was seen, and out when
/// it is another's. Safe to use from any thread.
/// </summary>
internal sealed class MemberProofs(CellContext context, ProbeQueue queue)
{
    private readonly ConcurrentDictionary<MemberName, MemberProof> _proofs = new();
    private readonly ConcurrentDictionary<MemberName, CertificateLook> _looks = new();
    private readonly ConcurrentDictionary<LoadBalancerId, bool> _seenAnew = new();

    /// <summary>Whether something was seen that the next pass has to take up.</summary>
    public bool HasSeen => !_seenAnew.IsEmpty;

    /// <summary>What is known of a member; null when nothing is, or only of one that was elsewhere.</summary>
    public MemberProof? Find(MemberName name, PlannedMember member) =>
        _proofs.GetValueOrDefault(name) is { } proof && proof.IsOf(member) ? proof : null;

    /// <summary>The load balancers of which something was seen since they were last asked for.</summary>
    public IReadOnlyList<LoadBalancerId> TakeSeen() => [.. _seenAnew.Keys.Where(key => _seenAnew.TryRemove(key, out _))];

    /// <summary>Takes over what an earlier CloudLb has found, and looks itself. Never waits.</summary>
    public void Adopt(NamedMember found, PinnedCertificate certificate)
    {
        _proofs[found.Name] = MemberProof.Of(found.Member, certificate);
        _ = Look(found);
    }

    /// <summary>Has the certificates of all members looked at that must show one. Never waits.</summary>
    public void LookAtAll()
    {
        var guarded = context.State.Now.Entries.Values
            .Select(entry => entry.Planned).OfType<PlannedLoadBalancer>().SelectMany(planned => planned.GuardedMembers()).ToList();
        foreach (var member in guarded)
        {
            _ = Look(member);
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

    /// <summary>A check of the member has failed: its certificate may be another one. Never waits.</summary>
    public void LookAgain(MemberName name)
    {
        if (_proofs.ContainsKey(name)
            && ProxyName.TryParse(name.Pool, out var key, out _) && context.State.Now.Find(key)?.Planned is { } planned)
        {
            foreach (var member in planned.GuardedMembers().Where(guarded => guarded.Name == name))
            {
                _ = Look(member);
            }
        }
    }

    /// <summary>Has a member's certificate looked at. Never waits.</summary>
    /// <returns>Done when it was.</returns>
    public Task Look(NamedMember member)
    {
        var look = new CertificateLook(this, member, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_looks.TryAdd(member.Name, look))
        {
            queue.Look(look);
        }

        return _looks.GetValueOrDefault(member.Name)?.Done.Task ?? Task.CompletedTask;
    }

    /// <summary>Takes up what a look has shown; null when no certificate could be had. Never waits.</summary>
    public void Record(CertificateLook look, X509Certificate2Collection? seen)
    {
        var name = look.Of.Name;
        var before = _proofs.GetValueOrDefault(name);
        var after = MemberProof.After(before, look.Of.Member, seen, context.Clock.GetUtcNow(), context.Now);
        _proofs[name] = after;
        _looks.TryRemove(name, out _);
        if (after with { FirstFailure = null } != (before is null ? null : before with { FirstFailure = null }))
        {
            Report(look.Of, before, after);
            _seenAnew[look.Of.LoadBalancer] = true;
            context.Changes.Raise();
        }

        look.Done.TrySetResult();
    }

    private void Report(NamedMember member, MemberProof? before, MemberProof after)
    {
        var isAccepted = after.IsAccepted(member.Pool);
        if (after.Certificate is not null && !isAccepted && before?.Certificate?.KeyId != after.Certificate.KeyId)
        {
            CellLog.NotAuthentic(context.Logger, member.Name);
        }
        else if (isAccepted && before?.IsRefused(member.Pool) == true)
        {
            CellLog.Authentic(context.Logger, member.Name);
        }
    }
}

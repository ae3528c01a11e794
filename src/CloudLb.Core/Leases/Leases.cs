namespace CloudLb.Core.Leases;

/// <summary>
/// When members have registered last. In memory alone: what was registered before a start of CloudLb begins anew with it. Safe to use from
/// any thread.
/// </summary>
/// <remarks>
/// Time is what CloudLb has lived through, and not the machine's clock: while it stood still nobody could register, so that time beyond
/// <see cref="MostUnobserved"/> between two looks does not count.
/// </remarks>
public sealed class Leases(TimeProvider clock)
{
    /// <summary>The looks are a second apart; this much is a busy machine's delay.</summary>
    public static readonly TimeSpan MostUnobserved = TimeSpan.FromSeconds(5);

    /// <summary>How many ends are remembered.</summary>
    private const int MostEnds = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<LeasedRegistration, TimeSpan> _registered = [];
    private readonly OrderedDictionary<(string Resource, string Instance), LeaseEnd> _ends = [];
    private TimeSpan _lived;
    private TimeSpan _looked = clock.GetSteadyTime();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _registered.Count;
            }
        }
    }

    /// <summary>The member has registered: its lease begins anew.</summary>
    public void Renew(LeasedRegistration registration)
    {
        lock (_gate)
        {
            _registered[registration] = Now();
        }
    }

    /// <summary>The last time that an instance was deregistered as a lease had ended; null when that is not remembered.</summary>
    public LeaseEnd? LastEndOf(string resource, string instance)
    {
        lock (_gate)
        {
            return _ends.GetValueOrDefault((resource, instance));
        }
    }

    /// <summary>How long ago it has registered, or CloudLb has seen it first; null when neither.</summary>
    public TimeSpan? AgeOf(LeasedRegistration registration)
    {
        lock (_gate)
        {
            return _registered.TryGetValue(registration, out var since) ? Now() - since : null;
        }
    }

    /// <summary>Looks: time goes on until the next look.</summary>
    /// <param name="held">What is held now: what is not known begins, what is known and not held is forgotten.</param>
    internal void Look(IReadOnlyCollection<LeasedRegistration> held)
    {
        lock (_gate)
        {
            (_lived, _looked) = (Now(), clock.GetSteadyTime());
            foreach (var registration in held)
            {
                _registered.TryAdd(registration, _lived);
            }

            if (_registered.Count > held.Count)
            {
                var kept = held.ToHashSet();
                foreach (var gone in _registered.Keys.Where(registration => !kept.Contains(registration)).ToList())
                {
                    _registered.Remove(gone);
                }
            }
        }
    }

    /// <summary>An instance was deregistered as the lease had ended, which is none any more.</summary>
    internal void NoteEnd(LeasedRegistration registration, string instance)
    {
        lock (_gate)
        {
            _registered.Remove(registration);
            _ends.Remove((registration.Resource, instance));
            if (_ends.Count >= MostEnds)
            {
                _ends.RemoveAt(0);
            }

            _ends.Add((registration.Resource, instance), new(registration.Member, clock.GetUtcNow()));
        }
    }

    private TimeSpan Now()
    {
        var passed = clock.GetSteadyTime() - _looked;
        return _lived + (passed < MostUnobserved ? passed : MostUnobserved);
    }
}

using System.Collections.Frozen;
using System.Net;
using CloudLb.Core.Traffic.Health;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>
/// Which addresses of load balancers that have several are good to send clients to. Safe to read from any thread; looked at anew by one.
/// </summary>
/// <param name="apis">Their load balancers.</param>
/// <param name="traffic">Where they are served.</param>
/// <param name="holders">Who puts addresses on interfaces; none where nobody does.</param>
public sealed class AddressHealth(
    IEnumerable<IReachedLoadBalancers> apis, IHealthSource traffic, IEnumerable<IHeldAddresses> holders)
{
    private volatile FrozenDictionary<IPAddress, Known> _known = FrozenDictionary<IPAddress, Known>.Empty;
    private bool _hasLooked;

    /// <summary>
    /// Why clients are better not sent to one of several addresses; null where they are. What is new may not be served before it was looked
    /// at.
    /// </summary>
    public string? WhyNot(IPAddress address) => _known.GetValueOrDefault(address) switch
    {
        null => "It was not looked at yet.",
        { IsGood: true } => null,
        var bad => bad.Reason,
    };

    /// <summary>Whether clients are to be sent to one of several addresses.</summary>
    public bool IsGood(IPAddress address) => _known.GetValueOrDefault(address) is { IsGood: true };

    /// <summary>
    /// Looks at all of them. One that was good is so until it has had a fault for a while, so that one bad round of checks takes none away;
    /// one that is well again is good at once.
    /// </summary>
    /// <param name="now">A clock that nobody sets.</param>
    /// <param name="patience">How long a fault must last.</param>
    public void Look(TimeSpan now, TimeSpan patience)
    {
        var (before, next) = (_known, new Dictionary<IPAddress, Known>());
        foreach (var loadBalancer in apis.SelectMany(api => api.WithSeveralAddresses()))
        {
            foreach (var address in loadBalancer.Addresses)
            {
                var notServed = holders.Select(holder => holder.WhyNotHeld(address.Address)).FirstOrDefault(why => why is not null)
                    ?? traffic.WhyNotAt(loadBalancer.Id, address.Address);
                var wasGood = before.GetValueOrDefault(address.Address)?.IsGood ?? (notServed is null && !_hasLooked);
                next[address.Address] = Judged(
                    before.GetValueOrDefault(address.Address), notServed ?? address.Reason, wasGood, now, patience);
            }
        }

        _hasLooked = true;
        if (next.Count > 0 || before.Count > 0)
        {
            _known = next.ToFrozenDictionary();
        }
    }

    /// <param name="before">What was known of it.</param>
    /// <param name="reason">What is wrong now.</param>
    /// <param name="wasGood">Of what was there when CloudLb started: whether it is served, as nothing was checked yet then.</param>
    private static Known Judged(Known? before, string? reason, bool wasGood, TimeSpan now, TimeSpan patience)
    {
        if (reason is null)
        {
            return before is { Reason: null } ? before : new(null, now, IsGood: true);
        }

        var since = before is { Reason: not null } ? before.Since : now;
        return new(reason, since, wasGood && now - since < patience);
    }

    /// <param name="Reason">What is wrong; null: nothing.</param>
    /// <param name="Since">Since when something or nothing is.</param>
    /// <param name="IsGood">Whether clients are sent there.</param>
    private sealed record Known(string? Reason, TimeSpan Since, bool IsGood);
}

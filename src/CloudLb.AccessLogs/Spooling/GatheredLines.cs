using System.Diagnostics.CodeAnalysis;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>Lines of logs of one kind until they are appended to the spool, by load balancer and interval. Used by one thread.</summary>
internal sealed class GatheredLines(LoggedLoadBalancers loadBalancers, LogKind kind)
{
    private readonly Dictionary<(LoadBalancerId Id, DateTimeOffset End), Place> _places = [];

    // Room for the next look's lines, which are about as many.
    private LogText? _spare;

    // Most entries belong where the one before them did.
    private Place? _last;

    /// <summary>Where an entry's line belongs; false when its load balancer has no log of the kind.</summary>
    public bool TryFind(
        AccessLogEntry entry, [MaybeNullWhen(false)] out LoggedLoadBalancer loadBalancer, [MaybeNullWhen(false)] out LogText text)
    {
        if (_last?.IsFor(entry) != true)
        {
            _last = Find(entry);
        }

        (loadBalancer, text) = (_last?.LoadBalancer, _last?.Text);
        return loadBalancer is not null;
    }

    /// <summary>Appends what was gathered, and begins anew.</summary>
    public void MoveTo(Spool spool)
    {
        foreach (var place in _places.Values)
        {
            spool.Append(place.LoadBalancer, place.End, place.Text.Bytes);
            _spare = place.Text;
        }

        Clear();
    }

    public void Clear()
    {
        _places.Clear();
        _last = null;
    }

    private Place? Find(AccessLogEntry entry)
    {
        if (loadBalancers.Find(entry.LoadBalancer, kind) is not { } found)
        {
            return null;
        }

        var end = ObjectName.End(entry.LoggedAt, found.AccessLog.Interval);
        if (!_places.TryGetValue((entry.LoadBalancer, end), out var place))
        {
            place = _places[(entry.LoadBalancer, end)] = new(found, end, _spare ?? new());
            place.Text.Clear();
            _spare = null;
        }

        return place;
    }

    private sealed record Place(LoggedLoadBalancer LoadBalancer, DateTimeOffset End, LogText Text)
    {
        public bool IsFor(AccessLogEntry entry) =>
            entry.LoggedAt < End && entry.LoggedAt >= End - LoadBalancer.AccessLog.Interval && entry.LoadBalancer == LoadBalancer.Id;
    }
}

using System.Collections.Concurrent;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Ids that an endpoint was asked for and does not have: each is not asked for again for a moment, so that a caller who insists does not
/// become a flood there. Any other id is asked for at once, however young it is.
/// </summary>
internal sealed class MissingIds(TimeProvider clock)
{
    /// <summary>So that ids made up by a caller do not fill the memory.</summary>
    private const int Maximum = 10_000;

    /// <summary>Instances are registered right after they were launched.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, TimeSpan> _until = new(StringComparer.Ordinal);

    public bool Has(string id) => _until.TryGetValue(id, out var until) && clock.GetSteadyTime() < until;

    public void Add(IEnumerable<string> ids)
    {
        if (_until.Count > Maximum)
        {
            _until.Clear();
        }

        foreach (var id in ids)
        {
            _until[id] = clock.GetSteadyTime() + Moment;
        }
    }

    /// <summary>Forgets those whose moment is over.</summary>
    public void Tidy()
    {
        foreach (var over in _until.Where(one => one.Value <= clock.GetSteadyTime()))
        {
            _until.TryRemove(over);
        }
    }
}

using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Health;

/// <summary>
/// Tells which targets of a group fail far more requests than its others do, from one look to the next. AWS does not say when it holds a
/// target for anomalous: here one is that fails a tenth of its requests, and three times as many in proportion as those that are not.
/// </summary>
internal sealed class AnomalyJudge
{
    private const int FewestRequests = 10, CleanLooks = 3, LongestLooks = 6;
    private const double LeastShare = 0.1, TimesOthers = 3;

    private readonly Dictionary<TargetId, Watched> _watched = [];

    /// <summary>Those that are anomalous now.</summary>
    /// <param name="counts">What the healthy targets have had; a count that is lower than before has begun anew.</param>
    public IReadOnlySet<TargetId> Judge(IReadOnlyDictionary<TargetId, RequestCount> counts)
    {
        foreach (var gone in _watched.Keys.Except(counts.Keys).ToList())
        {
            _watched.Remove(gone);
        }

        foreach (var (id, count) in counts)
        {
            if (_watched.TryGetValue(id, out var watched))
            {
                watched.Add(count);
            }
            else
            {
                _watched[id] = new(count);
            }
        }

        // All are held against what was before any of them is judged.
        var usual = _watched.Values.Where(watched => !watched.IsAnomalous).ToList();
        var sum = usual.Aggregate(default(RequestCount), (sum, watched) => sum + watched.Since);
        var judged = _watched.Values.Where(watched => watched.Since.Requests >= FewestRequests || watched.Looks >= LongestLooks)
            .Select(watched => (Watched: watched, IsOdd: IsOdd(watched.Since, watched.IsAnomalous ? sum : sum - watched.Since)))
            .ToList();
        foreach (var (watched, isOdd) in judged)
        {
            watched.Judge(isOdd);
        }

        return _watched.Where(pair => pair.Value.IsAnomalous).Select(pair => pair.Key).ToHashSet();
    }

    private static bool IsOdd(RequestCount own, RequestCount others) => own.Requests > 0 && own.Share >= LeastShare
        && others.Requests > 0 && own.Share >= TimesOthers * others.Share;

    /// <summary>A target, and what it has had since it was judged last.</summary>
    private sealed class Watched(RequestCount first)
    {
        private RequestCount _last = first;
        private int _clean;

        public RequestCount Since { get; private set; }

        /// <summary>Since it was judged last.</summary>
        public int Looks { get; private set; }

        public bool IsAnomalous { get; private set; }

        public void Add(RequestCount count)
        {
            Since += count.Requests >= _last.Requests && count.Failed >= _last.Failed ? count - _last : count;
            _last = count;
            Looks++;
        }

        public void Judge(bool isOdd)
        {
            _clean = isOdd ? 0 : _clean + 1;

            // One that nothing was sent to for a minute is tried again.
            IsAnomalous = isOdd || (IsAnomalous && _clean < CleanLooks && Since.Requests > 0);
            (Since, Looks) = (default, 0);
        }
    }
}

using System.Collections.Concurrent;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>What was sent and answered, over all clients.</summary>
internal sealed class FuzzCounts
{
    private readonly ConcurrentDictionary<(string Kind, int Status), int> _statuses = new();
    private readonly ConcurrentDictionary<string, bool> _successes = new();

    /// <summary>What was answered wrongly, with the request.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The actions that were answered well.</summary>
    public ICollection<string> Successes => _successes.Keys;

    public void Add(FuzzRequest request, IReadOnlyList<FuzzAnswer> answers)
    {
        foreach (var status in answers.Select(answer => answer.Status).DefaultIfEmpty(0))
        {
            _statuses.AddOrUpdate((request.Kind, status), 1, static (_, count) => count + 1);
        }

        if (answers is [{ Status: 200, MediaType: "text/xml" } answer] && !request.IsMonitoring)
        {
            const string End = "Response";
            var text = answer.Text;
            var at = text.IndexOf(End, StringComparison.Ordinal);
            _successes.TryAdd(text[(text.LastIndexOf('<', at) + 1)..at], true);
        }
    }

    /// <summary>A line for each kind; the status 0 are connections that ended without an answer.</summary>
    public override string ToString() =>
        string.Join('\n', _statuses.GroupBy(count => count.Key.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind =>
            $"{kind.Key}: " +
            string.Join(", ", kind.OrderBy(count => count.Key.Status).Select(count => $"{count.Value} × {count.Key.Status}"))));
}

using CloudLb.Core.AccessLogs;

namespace CloudLb.Tests.HAProxy;

/// <summary>Reads what a data plane logs, as the spooler does, and keeps it.</summary>
/// <param name="source">The data plane's.</param>
/// <param name="isKeeping">Whether everything stays for another reader.</param>
internal sealed class AccessLogReader(IAccessLogSource source, bool isKeeping = false)
{
    private readonly Dictionary<string, long> _positions = [];

    public List<AccessLogEntry> Entries { get; } = [];

    /// <summary>Reads until there are so many, and no more.</summary>
    public async Task<List<AccessLogEntry>> ReadAsync(int count)
    {
        await Eventually.IsTrueAsync(() => Read() >= count, $"{count} entries; seen: {string.Join("; ", Entries)}");
        Assert.Equal(count, Entries.Count);
        return Entries;
    }

    /// <summary>Reads everything that there is now, and gives back what has been read.</summary>
    /// <returns>How many entries there were so far.</returns>
    public int Read()
    {
        foreach (var part in source.Parts())
        {
            var position = _positions.GetValueOrDefault(part.Name);
            for (long next; (next = source.Read(part.Name, position, Entries)) > position;)
            {
                position = next;
            }

            _positions[part.Name] = position;
            if (!isKeeping)
            {
                source.Release(part.Name, position);
            }
        }

        return Entries.Count;
    }
}

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What names mean that stand in line after line: each is read but once. Used by one thread at a time.</summary>
/// <param name="read">What a name means; an exception that <see cref="RawLogReader"/> knows where it means nothing.</param>
internal sealed class KnownNames<T>(Func<string, T> read)
{
    /// <summary>Load balancers come and go; beyond so many names all are forgotten and read anew.</summary>
    private const int Most = 20_000;

    private readonly Dictionary<string, T> _known = [];

    public T Read(ReadOnlySpan<char> text)
    {
        if (!_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var meaning))
        {
            var name = new string(text);
            meaning = read(name);
            if (_known.Count >= Most)
            {
                _known.Clear();
            }

            _known[name] = meaning;
        }

        return meaning;
    }
}

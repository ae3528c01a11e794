using CloudLb.Core.Addresses;

namespace CloudLb.Dns.Publishing;

/// <summary>
/// The names that may be at the server, in a file: one is written down before it is sent, and struck out once it is known to be gone, so
/// that none stays behind whenever CloudLb ends.
/// </summary>
internal sealed class PublishedNames(string path)
{
    private readonly HashSet<string> _names = Read(path);

    public IReadOnlyCollection<string> All => _names;

    public void Add(IEnumerable<string> names)
    {
        var before = _names.Count;
        _names.UnionWith(names);
        if (_names.Count != before)
        {
            Write();
        }
    }

    public void Remove(IEnumerable<string> names)
    {
        var before = _names.Count;
        _names.ExceptWith(names);
        if (_names.Count != before)
        {
            Write();
        }
    }

    private static HashSet<string> Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Where(HostNameClaims.IsName)] : [];

    private void Write()
    {
        var next = $"{path}.next";
        File.WriteAllLines(next, _names.Order(StringComparer.Ordinal));
        File.Move(next, path, overwrite: true);
    }
}

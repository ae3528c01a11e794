namespace CloudLb.HAProxy.Machine;

/// <summary>
/// Remembers when files were written and how long they were, and so tells which of them somebody else has changed since, or deleted.
/// </summary>
internal sealed class WrittenFiles
{
    private readonly Dictionary<string, (DateTime At, long Length)?> _written = [];

    /// <summary>The file is as it should be now.</summary>
    public void Note(string path) => _written[path] = Look(path);

    public void Forget(string path) => _written.Remove(path);

    /// <summary>False for a file that was not noted.</summary>
    public bool IsChanged(string path) => _written.TryGetValue(path, out var written) && written != Look(path);

    /// <summary>The first file that has changed; null when none has.</summary>
    public string? FirstChanged() => _written.Keys.FirstOrDefault(IsChanged);

    private static (DateTime At, long Length)? Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }
}

using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// The certificates of a cell's listeners, with their private keys, a file each that only the owner may read, in memory where there is a
/// place for that. A file is named after its listener and not after the certificate, so that another certificate is a change that a running
/// process can take.
/// </summary>
internal sealed class CertificateFiles
{
    /// <summary>Which certificate a file of ours holds, by its name; null for one that an earlier CloudLb wrote.</summary>
    private readonly Dictionary<string, string?> _held;

    private readonly WrittenFiles _written = new();

    /// <param name="directory">Where they are.</param>
    /// <param name="before">Where they may be from earlier: moved, as no process that runs reads them again.</param>
    public CertificateFiles(string directory, string before)
    {
        Root = directory;
        Directory.CreateDirectory(directory, PrivateFile.DirectoryMode);
        if (before != directory && Directory.Exists(before))
        {
            foreach (var path in Directory.EnumerateFiles(before))
            {
                File.Copy(path, Path.Combine(directory, Path.GetFileName(path)), overwrite: true);
            }

            Directory.Delete(before, recursive: true);
        }

        _held = Directory.EnumerateFiles(directory).ToDictionary(path => Path.GetFileName(path), _ => (string?)null);
    }

    public string Root { get; }

    /// <summary>The file's path, as HAProxy puts it together and asks for it in commands.</summary>
    public string PathOf(string listener) => Path.Combine(Root, TlsSettings.FileOf(listener));

    /// <summary>A file that somebody has changed holds nothing that is known.</summary>
    public bool Holds(string listener, string certificateId) =>
        _held.GetValueOrDefault(TlsSettings.FileOf(listener)) == certificateId && !_written.IsChanged(PathOf(listener));

    /// <summary>The first file that somebody has changed since it was written; null when there is none.</summary>
    public string? FirstChanged() => _written.FirstChanged();

    public void Write(string listener, string certificateId, string pem)
    {
        _held[TlsSettings.FileOf(listener)] = null;
        PrivateFile.Write(PathOf(listener), pem, isDurable: false);
        _written.Note(PathOf(listener));
        _held[TlsSettings.FileOf(listener)] = certificateId;
    }

    /// <summary>Deletes the files of listeners that are served no more.</summary>
    public void Keep(IEnumerable<string> listeners)
    {
        if (_held.Count == 0)
        {
            return;
        }

        var kept = listeners.Select(TlsSettings.FileOf).ToHashSet();
        foreach (var name in _held.Keys.Where(name => !kept.Contains(name)).ToList())
        {
            File.Delete(Path.Combine(Root, name));
            _written.Forget(Path.Combine(Root, name));
            _held.Remove(name);
        }
    }

    /// <summary>Deletes all, when no process is left: the next start makes them anew from the database.</summary>
    public void Clear()
    {
        Keep([]);
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}

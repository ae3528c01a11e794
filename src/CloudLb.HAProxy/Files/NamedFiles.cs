using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>Files of one directory that the next process of a cell reads when it starts.</summary>
/// <param name="directory">Nobody else has files there.</param>
internal sealed class NamedFiles(string directory)
{
    private readonly Dictionary<string, string> _written = [];
    private readonly WrittenFiles _files = new();
    private bool _isClean;

    /// <summary>Writes what is not there yet, or not any more.</summary>
    /// <param name="files">Each by its name, relative to the directory above.</param>
    public void Write(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files.Where(
            file => _written.GetValueOrDefault(file.Name) != file.Text || _files.IsChanged(PathOf(file.Name))))
        {
            PrivateFile.Write(PathOf(name), text, isDurable: false);
            _files.Note(PathOf(name));
            _written[name] = text;
        }
    }

    /// <summary>Deletes all others, of earlier times too.</summary>
    public void Keep(IEnumerable<(string Name, string Text)> files)
    {
        if (_isClean && _written.Count == 0)
        {
            return;
        }

        var kept = files.Select(file => file.Name).ToHashSet();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory) : [])
        {
            var name = $"{Path.GetFileName(directory)}/{Path.GetFileName(path)}";
            if (!kept.Contains(name))
            {
                File.Delete(path);
                _written.Remove(name);
                _files.Forget(path);
            }
        }

        _isClean = true;
    }

    private string PathOf(string name) => Path.Combine(directory, Path.GetFileName(name));
}

using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>The public keys by which a cell's listeners look at tokens, for the next process.</summary>
internal sealed class KeyFiles(string directory)
{
    private readonly HashSet<string> _written = [];
    private readonly WrittenFiles _files = new();
    private bool _isClean;

    /// <summary>Writes what is not there yet, or not any more.</summary>
    public void Write(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        foreach (var key in loadBalancers.SelectMany(KeyLines.Of))
        {
            var path = PathOf(key);
            if (!_written.Contains(path) || _files.IsChanged(path))
            {
                PrivateFile.Write(path, key.Pem, isDurable: false);
                _files.Note(path);
                _written.Add(path);
            }
        }
    }

    /// <summary>Deletes what none of these load balancers needs, from earlier times too.</summary>
    public void Keep(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        if (_isClean && _written.Count == 0)
        {
            return;
        }

        var kept = loadBalancers.SelectMany(KeyLines.Of).Select(PathOf).ToHashSet();
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory) : [])
        {
            if (!kept.Contains(path))
            {
                File.Delete(path);
                _written.Remove(path);
                _files.Forget(path);
            }
        }

        _isClean = true;
    }

    private string PathOf(PlannedKey key) => Path.Combine(directory, Path.GetFileName(KeyLines.FileOf(key)));
}

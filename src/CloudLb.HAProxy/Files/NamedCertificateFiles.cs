using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// The lists of the certificates of listeners that can have several, for the next process: the running one is told of changes.
/// </summary>
internal sealed class NamedCertificateFiles(string directory)
{
    private readonly Dictionary<string, string> _written = [];
    private readonly WrittenFiles _files = new();
    private bool _isClean;

    /// <summary>Writes what is not there yet, or not any more.</summary>
    public void Write(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        foreach (var (name, text) in loadBalancers
            .SelectMany(FilesOf)
            .Where(file => _written.GetValueOrDefault(file.Name) != file.Text || _files.IsChanged(PathOf(file.Name))))
        {
            PrivateFile.Write(PathOf(name), text, isDurable: false);
            _files.Note(PathOf(name));
            _written[name] = text;
        }
    }

    /// <summary>Deletes what none of these load balancers needs, from earlier times too.</summary>
    public void Keep(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        if (_isClean && _written.Count == 0)
        {
            return;
        }

        var kept = loadBalancers.SelectMany(FilesOf).Select(file => file.Name).ToHashSet();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory) : [])
        {
            var name = $"{TlsSettings.ListDirectory}/{Path.GetFileName(path)}";
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

    private static IEnumerable<(string Name, string Text)> FilesOf(PlannedLoadBalancer loadBalancer) =>
        from listener in loadBalancer.Listeners
        where listener.Tls?.NamedCertificateIds is not null
        let name = ProxyName.OfListener(loadBalancer.Id, listener.Port)
        select (TlsSettings.ListOf(name), TextOf(name, listener.Tls!.NamedCertificateIds!.Value));

    /// <summary>The first one is shown to whoever asks for no name that another has; its own names count for nothing (2.6.12).</summary>
    private static string TextOf(string listener, EquatableArray<string> named) => string.Concat(
        named
            .Select(id => TlsSettings.FileOf(ProxyName.OfNamedCertificate(listener, id)))
            .Prepend($"{TlsSettings.FileOf(listener)} !*")
            .Select(line => line + "\n"));
}

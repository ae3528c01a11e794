using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// Whose certificates listeners take from clients, a file for the authorities of a trust store and one for what they have revoked. Both are
/// named after their content, so that one that changes is another file and takes another process.
/// </summary>
internal sealed class ClientTrustFiles(string directory, IClientTrustSource source)
{
    private readonly HashSet<string> _written = [];
    private readonly WrittenFiles _files = new();
    private bool _isClean;

    /// <summary>
    /// Writes what is not there yet, or not any more. Of what is gone the file that there is stays; without one HAProxy names the listener.
    /// </summary>
    public void Write(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        var asked = loadBalancers.SelectMany(AskedBy).Distinct().ToList();
        if (asked.Exists(each => each.TrustStoreId is null) && IsMissing(ClientAuthenticationWords.NobodyFile))
        {
            Write(ClientAuthenticationWords.NobodyFile, ClientAuthenticationWords.Nobody);
        }

        foreach (var id in asked.Select(each => each.TrustStoreId).OfType<string>().Distinct())
        {
            Write(id);
        }
    }

    /// <summary>Deletes what none of these load balancers needs, from earlier times too.</summary>
    public void Keep(IEnumerable<PlannedLoadBalancer> loadBalancers)
    {
        if (_isClean && _written.Count == 0)
        {
            return;
        }

        var kept = loadBalancers.SelectMany(AskedBy).SelectMany(FilesOf).ToHashSet();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory) : [])
        {
            var name = $"{ClientAuthenticationWords.Directory}/{Path.GetFileName(path)}";
            if (!kept.Contains(name))
            {
                File.Delete(path);
                _written.Remove(name);
                _files.Forget(path);
            }
        }

        _isClean = true;
    }

    private void Write(string id)
    {
        var (authorities, revocations) = (ClientAuthenticationWords.AuthoritiesOf(id), ClientAuthenticationWords.RevocationsOf(id));
        if ((!IsMissing(authorities) && !IsMissing(revocations)) || source.Read(id) is not { } trust)
        {
            return;
        }

        // The last of the two that is written has both there.
        Write(authorities, trust.Authorities);
        if (trust.Revocations is { } lists)
        {
            Write(revocations, lists);
        }
        else
        {
            _written.Add(revocations);
        }
    }

    private bool IsMissing(string name) => !_written.Contains(name) || _files.IsChanged(PathOf(name));

    private void Write(string name, string text)
    {
        PrivateFile.Write(PathOf(name), text, isDurable: false);
        _files.Note(PathOf(name));
        _written.Add(name);
    }

    private string PathOf(string name) => Path.Combine(directory, Path.GetFileName(name));

    private static IEnumerable<PlannedClientAuthentication> AskedBy(PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Listeners.Select(listener => listener.Tls?.ClientAuthentication).OfType<PlannedClientAuthentication>();

    private static IEnumerable<string> FilesOf(PlannedClientAuthentication asked) => asked.TrustStoreId is { } id
        ? [ClientAuthenticationWords.AuthoritiesOf(id), ClientAuthenticationWords.RevocationsOf(id)]
        : [ClientAuthenticationWords.NobodyFile];
}

using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// What members that must show an accepted key are trusted by, and the pools' lists of their certificates, for the next process.
/// </summary>
internal sealed class PinFiles(string directory)
{
    private readonly Dictionary<string, string> _written = [];
    private readonly WrittenFiles _files = new();
    private bool _isClean;

    /// <summary>
    /// Writes what is not there yet, or not any more. A certificate's file never changes, as its name is that of its content.
    /// </summary>
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
            var name = $"{PinLines.Directory}/{Path.GetFileName(path)}";
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

    private static IEnumerable<(string Name, string Text)> FilesOf(PlannedLoadBalancer loadBalancer)
    {
        foreach (var pool in loadBalancer.Pools.Where(pool => pool.AcceptedKeys is not null))
        {
            var certificates = pool.Members
                .Where(member => member.DrainingUntil is null)
                .Select(PinnedMember.CertificateOf)
                .OfType<PinnedCertificate>()
                .Distinct()
                .ToList();
            yield return (
                PinLines.ListOf(ProxyName.OfPool(loadBalancer.Id, pool.Name)),
                string.Concat(certificates.Select(certificate => certificate.Fingerprint + "\n").Distinct()));
            foreach (var anchor in certificates.Select(certificate => certificate.Anchor).OfType<TrustAnchor>())
            {
                yield return (PinLines.FileOf(anchor), anchor.Pem + "\n");
            }
        }
    }
}

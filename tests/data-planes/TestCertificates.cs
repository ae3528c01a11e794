using System.Collections.Concurrent;
using CloudLb.Core.Certificates;

namespace CloudLb.Tests.DataPlanes;

/// <summary>The certificates that a test has made, in memory.</summary>
internal sealed class TestCertificates : ICertificateSource
{
    private readonly ConcurrentDictionary<string, string> _pems = new();

    public string? ReadPem(string certificateId) => _pems.GetValueOrDefault(certificateId);

    /// <summary>Returns the id.</summary>
    public string Add(TestCertificate certificate, params string[] chain)
    {
        var id = ServerCertificate.NewId();
        _pems[id] = string.Concat(((string[])[certificate.Pem, .. chain, certificate.KeyPem]).Select(pem => pem + "\n"));
        return id;
    }

    /// <summary>Has another source know them too, as the database of the next CloudLb does.</summary>
    public void CopyTo(TestCertificates other)
    {
        foreach (var (id, pem) in _pems)
        {
            other._pems[id] = pem;
        }
    }

    public void Remove(string certificateId) => _pems.TryRemove(certificateId, out _);
}

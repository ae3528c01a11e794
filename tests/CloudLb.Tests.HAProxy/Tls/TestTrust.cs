using System.Collections.Concurrent;
using CloudLb.Core.Certificates;

namespace CloudLb.Tests.HAProxy;

/// <summary>Whom tests trust, by the ids that their plans have.</summary>
internal sealed class TestTrust : IClientTrustSource
{
    private readonly ConcurrentDictionary<string, ClientTrust> _known = new();

    public ClientTrust? Read(string trustStoreId) => _known.GetValueOrDefault(trustStoreId);

    /// <summary>Returns the id.</summary>
    public string Add(string authorities, string? revocations = null)
    {
        var id = $"trust{_known.Count}";
        _known[id] = new(authorities, revocations);
        return id;
    }
}

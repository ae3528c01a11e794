using System.Collections.Frozen;

namespace CloudLb.AwsQuery.Dispatch;

/// <summary>All services of the endpoint, told apart by the request's Version.</summary>
internal sealed class QueryServices
{
    private readonly FrozenDictionary<string, QueryService> _byVersion;
    private readonly string[] _signingNames;

    public QueryServices(IEnumerable<QueryServiceRegistration> registrations, IServiceProvider provider)
    {
        var services = registrations.Select(registration => registration.Build(provider)).ToList();
        _byVersion = services.ToFrozenDictionary(service => service.Contract.Version, StringComparer.Ordinal);
        _signingNames = [.. services.Select(service => service.Contract.SigningName).Distinct(StringComparer.Ordinal)];
    }

    public QueryService? Find(string? version) => version is null ? null : _byVersion.GetValueOrDefault(version);

    /// <summary>Whether the service is one that clients sign for this region wherever they are.</summary>
    public bool IsGlobalRegion(string? version, string region) => Find(version)?.GlobalRegion is { } global && global == region;

    /// <summary>
    /// The service that the credential scope must name. A request without a known Version may name any: it is authenticated first and
    /// learns of its Version afterwards.
    /// </summary>
    public string CorrectSigningName(string? version, string scopeService)
    {
        if (Find(version) is { } service)
        {
            return service.Contract.SigningName;
        }

        return _signingNames.Length == 0 || _signingNames.Contains(scopeService) ? scopeService : _signingNames[0];
    }
}

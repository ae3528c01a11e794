using System.Collections.Frozen;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>All services of the endpoint, told apart by the request's Version.</summary>
internal sealed class ApiServices
{
    private readonly FrozenDictionary<string, ApiService> _byVersion;
    private readonly string[] _signingNames;

    public ApiServices(IEnumerable<ApiServiceRegistration> registrations, IServiceProvider provider)
    {
        var services = registrations.Select(registration => registration.Build(provider)).ToList();
        _byVersion = services.ToFrozenDictionary(service => service.Contract.Version, StringComparer.Ordinal);
        _signingNames = [.. services.Select(service => service.Contract.SigningName).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The services by the names that are signed for, for a message: <c>elasticloadbalancing, ec2</c>.</summary>
    public string Spoken => string.Join(", ", _signingNames);

    public ApiService? Find(string? version) => version is null ? null : _byVersion.GetValueOrDefault(version);

    /// <summary>The form in which to tell an error to a caller of that service: EC2 has one of its own, whatever the Version.</summary>
    /// <param name="isVersionRead">Whether the request has no Version that is known, and not just one that was not read.</param>
    public ServiceContract? FormFor(string? signingName, bool isVersionRead) => _byVersion.Values.FirstOrDefault(service =>
        service.Contract.SigningName == signingName && (!isVersionRead || service.Contract.Dialect == QueryDialect.Ec2))?.Contract;

    /// <summary>Whether clients of any service sign for this region wherever they are.</summary>
    public bool HasGlobalRegion(string region) => _byVersion.Values.Any(service => service.GlobalRegion == region);

    /// <summary>Whether the service is one that clients sign for this region wherever they are.</summary>
    public bool IsGlobalRegion(string? version, string region) => Find(version)?.GlobalRegion is { } global && global == region;

    /// <summary>
    /// The service that the credential scope must name. A request without a known Version may name any: it is authenticated first and
    /// learns afterwards that its service, or its Version, is not spoken here.
    /// </summary>
    public string CorrectSigningName(string? version, string scopeService)
    {
        if (Find(version) is { } service)
        {
            return service.Contract.SigningName;
        }

        return scopeService;
    }

    /// <summary>Whether a service of the endpoint is signed for by that name.</summary>
    public bool HasSigningName(string name) => _signingNames.Contains(name);
}

using System.Collections.Frozen;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>All services of the endpoint, told apart by the Version of a form, or the target of a call in JSON or CBOR.</summary>
internal sealed class ApiServices
{
    private readonly ApiService[] _services;
    private readonly FrozenDictionary<string, Lazy<ApiService>> _byVersion;
    private readonly FrozenDictionary<string, ApiService> _byTarget;
    private readonly string[] _signingNames;

    public ApiServices(IEnumerable<ApiServiceRegistration> registrations, IServiceProvider provider)
    {
        var registered = registrations.ToList();
        _services = [.. registered.Select(registration => registration.Build(provider))];
        _byVersion = registered
            .SelectMany(registration => registration.Contract.EarlierVersions, (registration, version) => registration.In(version))
            .Select(earlier => KeyValuePair.Create(earlier.Contract.Version, new Lazy<ApiService>(() => earlier.Build(provider))))
            .Concat(_services.Select(service => KeyValuePair.Create(service.Contract.Version, new Lazy<ApiService>(service))))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _byTarget = _services.Where(service => service.Contract.TargetPrefix is not null)
            .ToFrozenDictionary(service => service.Contract.TargetPrefix!, StringComparer.Ordinal);
        _signingNames = [.. _services.Select(service => service.Contract.SigningName).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The services by the names that are signed for, for a message: <c>elasticloadbalancing, ec2</c>.</summary>
    public string Spoken => string.Join(", ", _signingNames);

    /// <summary>The service that the request is for, if it is spoken here in the request's protocol.</summary>
    public ApiService? Find(ApiRequest request) =>
        request.Target is { } target ? Find(target)
        : request.Version is { } version && _byVersion.GetValueOrDefault(version)?.Value is { IsAskedInForms: true } service ? service
        : null;

    /// <inheritdoc cref="Find(ApiRequest)"/>
    public ApiService? Find(RpcTarget target) => target.Service is { } prefix && _byTarget.GetValueOrDefault(prefix) is { } service
        && service.Contract.Protocols.Contains(target.Protocol) ? service : null;

    /// <summary>The form in which to tell an error to a caller of that service: EC2 has one of its own, whatever the Version.</summary>
    /// <param name="isVersionRead">Whether the request has no Version that is known, and not just one that was not read.</param>
    public ServiceContract? FormFor(string? signingName, bool isVersionRead) => Array.Find(_services, service =>
        service.Contract.SigningName == signingName && (!isVersionRead || service.Contract.IsEc2))?.Contract;

    /// <summary>Whether clients of any service sign for this region wherever they are.</summary>
    public bool HasGlobalRegion(string region) => Array.Exists(_services, service => service.GlobalRegion == region);

    /// <summary>Whether the service is one that clients sign for this region wherever they are.</summary>
    public bool IsGlobalRegion(ApiRequest request, string region) => Find(request)?.GlobalRegion is { } global && global == region;

    /// <summary>
    /// The service that the credential scope must name. A request without a known Version may name any: it is authenticated first and
    /// learns afterwards that its service, or its Version, is not spoken here.
    /// </summary>
    public string CorrectSigningName(ApiRequest request, string scopeService) => Find(request)?.Contract.SigningName ?? scopeService;

    /// <summary>Whether a service of the endpoint is signed for by that name.</summary>
    public bool HasSigningName(string name) => _signingNames.Contains(name);
}

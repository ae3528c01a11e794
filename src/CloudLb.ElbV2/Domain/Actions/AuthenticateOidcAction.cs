using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>A client must have a session, which it is given when a provider has told who it is.</summary>
public sealed record AuthenticateOidcAction : ListenerAction
{
    public required string Issuer { get; init; }

    /// <summary>Where clients are sent: an https URL, as the two others.</summary>
    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string UserInfoEndpoint { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Sealed for the load balancer; null only where a change keeps the one that there is.</summary>
    public SealedText? ClientSecret { get; init; }

    public required string SessionCookieName { get; init; }

    public required string Scope { get; init; }

    /// <summary>In seconds.</summary>
    public required int SessionTimeout { get; init; }

    /// <summary>In the order of their names.</summary>
    public EquatableArray<ExtraParameter> ExtraParameters { get; init; }

    /// <summary>In AWS's word: <c>authenticate</c>, <c>deny</c> or <c>allow</c>.</summary>
    public required string OnUnauthenticatedRequest { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsGate => true;
}

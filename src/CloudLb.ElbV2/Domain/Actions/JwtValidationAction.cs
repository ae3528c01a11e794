using System.Text.Json.Serialization;
using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>A request must show a token of an issuer.</summary>
public sealed record JwtValidationAction : ListenerAction
{
    /// <summary>Where the issuer offers its keys: an https URL.</summary>
    public required string JwksEndpoint { get; init; }

    public required string Issuer { get; init; }

    /// <summary>In the order given.</summary>
    public EquatableArray<AdditionalClaim> AdditionalClaims { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsGate => true;
}

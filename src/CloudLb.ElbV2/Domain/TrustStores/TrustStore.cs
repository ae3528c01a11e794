using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Authorities whose certificates listeners take from clients.</summary>
public sealed record TrustStore
{
    public required Arn Arn { get; init; }

    /// <summary>As one PEM text, made anew from what was read; at least one.</summary>
    public required string Authorities { get; init; }

    public required int AuthorityCount { get; init; }

    /// <summary>The id of the revocation that was added last, so that none is used twice; 0 for none yet.</summary>
    public long LastRevocationId { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    [JsonIgnore]
    public string Name => Arn.Name;

    [JsonIgnore]
    public Scope Scope => new(Arn.Account, Arn.Region);
}

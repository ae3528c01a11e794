using System.Text.Json.Serialization;

namespace CloudLb.ElbV2.Domain;

/// <summary>One file of revocation lists that was added to a trust store.</summary>
public sealed record Revocation
{
    public required Arn TrustStore { get; init; }

    public required long Id { get; init; }

    /// <summary>Certificates that its lists revoke.</summary>
    public required long Entries { get; init; }

    /// <summary>The lists one after the other, as their authorities have signed them (DER).</summary>
    public required byte[] Lists { get; init; }

    /// <summary>A hash of <see cref="Lists"/>, which stands for them.</summary>
    public required string ContentId { get; init; }

    [JsonIgnore]
    public RevocationKey Key => new(TrustStore, Id);

    public bool Equals(Revocation? other) =>
        other is not null && Key == other.Key && Entries == other.Entries && ContentId == other.ContentId;

    public override int GetHashCode() => HashCode.Combine(TrustStore, Id, ContentId);
}

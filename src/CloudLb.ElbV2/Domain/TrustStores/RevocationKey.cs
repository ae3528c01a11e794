using System.Globalization;

namespace CloudLb.ElbV2.Domain;

/// <summary>What a revocation is called.</summary>
/// <param name="TrustStore">The trust store that it is of.</param>
/// <param name="Id">Its number there.</param>
public sealed record RevocationKey(Arn TrustStore, long Id) : IComparable<RevocationKey>
{
    /// <summary>As it stands in the store.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TrustStore}#{Id}");

    public int CompareTo(RevocationKey? other)
    {
        var order = other is null ? 1 : TrustStore.CompareTo(other.TrustStore);
        return order != 0 ? order : Id.CompareTo(other!.Id);
    }

    public static RevocationKey Parse(string text) => text.LastIndexOf('#') is > 0 and var at
        ? new(Arn.Parse(text[..at]), long.Parse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{text}' is no revocation.");
}

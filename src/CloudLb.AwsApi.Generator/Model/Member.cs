namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A member of a structure.</summary>
/// <param name="Name">As a property.</param>
/// <param name="WireName">As on the wire, in answers; in EC2's requests it begins with a capital.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="IsIdempotencyToken">Whether a client makes one up where none is given.</param>
/// <param name="Shape">What it is.</param>
internal sealed record Member(string Name, string WireName, bool IsRequired, bool IsIdempotencyToken, Shape Shape)
{
    /// <summary>Whether EC2's requests call it by more than a capital otherwise than its answers.</summary>
    public bool HasOtherNameInRequests { get; init; }
}

namespace CloudLb.Core.Inventory;

/// <summary>The id that an Availability Zone has besides its name.</summary>
/// <param name="ZoneName">As <c>us-east-1a</c>.</param>
/// <param name="ZoneId">As <c>use1-az4</c>.</param>
public sealed record AvailabilityZoneId(string ZoneName, string ZoneId);

namespace CloudLb.Core.Buckets;

/// <summary>Where an object is, in a caller's words: nothing of it is checked.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">Its name there.</param>
/// <param name="Version">Which of its versions; null for the one that it has now.</param>
public sealed record ObjectPlace(string Bucket, string Key, string? Version);

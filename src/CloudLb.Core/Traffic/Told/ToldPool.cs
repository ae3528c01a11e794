namespace CloudLb.Core.Traffic.Told;

/// <summary>A pool as its API tells of it.</summary>
/// <param name="Pool">Its name in the plan.</param>
/// <param name="Name">The API's.</param>
public sealed record ToldPool(string Pool, string Name);

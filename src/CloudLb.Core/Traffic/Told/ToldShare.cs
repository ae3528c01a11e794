namespace CloudLb.Core.Traffic.Told;

/// <summary>A group of targets with its part of the requests.</summary>
/// <param name="Name">The group's.</param>
/// <param name="Weight">Its weight among those of the same action.</param>
/// <param name="Targets">How many are registered.</param>
/// <param name="InService">How many of them take requests.</param>
public sealed record ToldShare(string Name, int Weight, int Targets, int InService);

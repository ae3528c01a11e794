namespace CloudLb.Elb.Domain;

/// <summary>An instance that was deregistered and may finish what it has begun.</summary>
/// <param name="Instance">As it was registered.</param>
/// <param name="Until">When what is left is cut.</param>
public sealed record DrainingInstance(Instance Instance, DateTimeOffset Until);

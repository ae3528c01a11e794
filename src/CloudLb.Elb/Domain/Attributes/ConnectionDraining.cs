namespace CloudLb.Elb.Domain.Attributes;

/// <summary>Whether an instance that is deregistered may finish what it has begun.</summary>
public sealed record ConnectionDraining
{
    public bool IsEnabled { get; init; }

    /// <summary>After which what is left is cut: 1 to 3600 seconds. Kept while draining is off.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);
}

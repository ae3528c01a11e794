namespace CloudLb.Tools.Calling;

/// <summary>The environment variables; an empty one counts as absent.</summary>
internal sealed class Surroundings(Func<string, string?> variable)
{
    public static Surroundings OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);

    public string? Find(string name) => variable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The first of them that is set.</summary>
    public string? FindFirst(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}

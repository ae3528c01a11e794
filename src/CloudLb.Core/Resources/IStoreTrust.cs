namespace CloudLb.Core.Resources;

/// <summary>Whether what is stored is what was answered. Each is safe to read from any thread.</summary>
public interface IStoreTrust
{
    /// <summary>
    /// Whether what is stored may be older than what was answered, or something else. What is served counts then, and not what is stored,
    /// until somebody has accepted it.
    /// </summary>
    bool IsInDoubt { get; }

    /// <summary>Why no change is taken, in a sentence that says what to do; null when changes are.</summary>
    string? Refusal { get; }

    /// <summary>Takes what is stored for right from now on; false when there was no doubt.</summary>
    /// <exception cref="IOException">That could not be written down, and the doubt stays.</exception>
    /// <exception cref="UnauthorizedAccessException">That may not be written down, and the doubt stays.</exception>
    bool Accept();
}

namespace CloudLb.Core.Resources;

/// <summary>Whether changes can be kept.</summary>
public interface IStoreCheck
{
    /// <summary>
    /// Takes its turn among the changes. Returns null when one could be written now, and otherwise the reason in a sentence. Writes to the
    /// disk only after a change that could not be saved.
    /// </summary>
    Task<string?> WhyNotWritableAsync(CancellationToken cancellationToken);
}

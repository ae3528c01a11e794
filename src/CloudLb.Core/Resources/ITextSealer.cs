namespace CloudLb.Core.Resources;

/// <summary>
/// Encrypts secrets that are kept. Each is bound to the id of what it belongs to, so that none can be put under another. From any thread.
/// </summary>
public interface ITextSealer
{
    SealedText Seal(string owner, string text);

    /// <summary>The text. One that was sealed with another key, or for another owner, is an error of whoever keeps it.</summary>
    string Unseal(string owner, SealedText text);

    /// <summary>A key of 32 bytes for this purpose, the same each time as long as the sealer has the same key itself.</summary>
    byte[] Derive(string purpose);
}

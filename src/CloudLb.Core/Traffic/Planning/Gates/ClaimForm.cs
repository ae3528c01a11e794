namespace CloudLb.Core.Traffic.Planning;

/// <summary>How a claim says what it says.</summary>
public enum ClaimForm
{
    /// <summary>One text.</summary>
    Text = 0,

    /// <summary>A text of words with blanks between them.</summary>
    Words = 1,

    /// <summary>A list of texts.</summary>
    List = 2,
}

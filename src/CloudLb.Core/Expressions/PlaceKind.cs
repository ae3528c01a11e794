namespace CloudLb.Core.Expressions;

/// <summary>Places that an expression can ask for.</summary>
internal enum PlaceKind
{
    /// <summary>Before the first letter.</summary>
    Start,

    /// <summary>Behind the last letter.</summary>
    End,

    /// <summary>Between a letter of a word and another, or the start or the end.</summary>
    WordEdge,

    /// <summary>Anywhere else.</summary>
    NoWordEdge,
}

namespace CloudLb.Core;

/// <summary>A file or directory that CloudLb keeps, or is given, in its data directory.</summary>
/// <param name="Pattern">Below the data directory; <c>*</c> stands for any name of one level.</param>
/// <param name="Kind">What it must be where it is there.</param>
/// <param name="IsOperators">Whether somebody else may have put it there: it is only read then, whoever owns it, and may be a link.</param>
public sealed record KeptFile(string Pattern, KeptKind Kind, bool IsOperators = false);

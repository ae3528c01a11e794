namespace CloudLb.Tools.Calling;

/// <summary>What the service answered.</summary>
/// <param name="Text">The body as it came.</param>
/// <param name="Head">The status line and the headers, with the empty line after them.</param>
internal sealed record ServiceAnswer(string Text, string Head);

namespace CloudLb.Bench.Load;

/// <summary>What a round of load came to.</summary>
/// <param name="Count">The requests, or the questions, that were answered.</param>
/// <param name="PerSecond">Their rate.</param>
internal sealed record LoadedRound(double Count, double PerSecond);

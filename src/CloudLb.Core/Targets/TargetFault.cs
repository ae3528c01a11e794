namespace CloudLb.Core.Targets;

/// <summary>Why an address, or a port of it, may not be a target.</summary>
/// <param name="Reason">The end of a sentence for the caller, without a full stop; it names nothing that is another account's.</param>
/// <param name="IsAbsolute">
/// It holds for what was registered before there were such rules too: traffic would come back to where it came from, or a setting that was
/// given says so.
/// </param>
public sealed record TargetFault(string Reason, bool IsAbsolute);

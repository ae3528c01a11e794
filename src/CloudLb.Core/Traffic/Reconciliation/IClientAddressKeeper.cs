namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>
/// Whether connections to members can come from the clients' own addresses, which takes a right and routes of the machine.
/// </summary>
public interface IClientAddressKeeper
{
    /// <summary>Null when they can; else what stands in the way, without a stop. The same from start to end.</summary>
    string? WhyNot { get; }
}

using System.Net;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>Whoever puts addresses on an interface. Safe to call from any thread.</summary>
public interface IHeldAddresses
{
    /// <summary>Why an address could not be put there, in a sentence; null when it could, or was not tried.</summary>
    string? WhyNotHeld(IPAddress address);
}

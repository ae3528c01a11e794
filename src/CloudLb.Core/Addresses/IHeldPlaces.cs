using System.Net;

namespace CloudLb.Core.Addresses;

/// <summary>Where a data plane listens for more than one load balancer. Safe to read from any thread.</summary>
public interface IHeldPlaces
{
    IReadOnlyList<IPEndPoint> Held { get; }
}

using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Leases;

/// <summary>What one API keeps registered for members. Each API has one; its functions are pure.</summary>
public interface ILeasedRegistrations
{
    /// <summary>What the member itself has registered. What others have registered, it does not hold.</summary>
    IEnumerable<LeasedRegistration> Of(Member member, Snapshot snapshot);

    /// <summary>
    /// Deregisters members: of each load balancer those that stand first in the list, and no more than leave it the minimum.
    /// </summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="ended">Those whose lease has ended, the longest ago first; another API's are passed over.</param>
    /// <param name="minimum">Instances that a load balancer keeps, whoever has registered them.</param>
    Snapshot Without(Snapshot snapshot, IReadOnlyList<LeasedRegistration> ended, int minimum);
}

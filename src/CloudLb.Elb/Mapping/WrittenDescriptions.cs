using System.Runtime.CompilerServices;
using CloudLb.AwsApi.Shapes;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Mapping;

/// <summary>
/// Each load balancer's description, mapped and written when it is first asked for and kept as long as that version of the load balancer
/// is. A page of 100 is 120 KB of XML that hardly ever changes: writing it anew took three times as long as everything else about the
/// request.
/// </summary>
/// <remarks>
/// A description follows from the load balancer, whose record is immutable, from the names of its certificates, and from the name that the
/// inventory has for its first security group: one that was written with others of these is written again.
/// </remarks>
internal static class WrittenDescriptions
{
    private static readonly ConditionalWeakTable<LoadBalancer, Described> Known = [];

    public static Written<LoadBalancerDescription> ToWritten(
        this LoadBalancer loadBalancer, ResourceCollection<string, ServerCertificate> certificates, Networks networks)
    {
        var listed = networks.Listed;
        if (Known.TryGetValue(loadBalancer, out var known) && ReferenceEquals(known.Listed, listed)
            && (known.Certificates is null || ReferenceEquals(known.Certificates, certificates)))
        {
            return known.Description;
        }

        var isNamingOne = loadBalancer.Listeners.Any(listener => listener.CertificateId is not null);
        var network = networks.Of(loadBalancer.Key.Account, loadBalancer.Key.Region);
        var described = new Described(isNamingOne ? certificates : null, listed, new(loadBalancer.ToWire(certificates, network)));
        Known.AddOrUpdate(loadBalancer, described);
        return described.Description;
    }

    /// <param name="Certificates">Those whose names it was written with; null when it has none.</param>
    /// <param name="Listed">What the inventory listed then.</param>
    /// <param name="Description">The description.</param>
    private sealed record Described(
        ResourceCollection<string, ServerCertificate>? Certificates, InventoryContent Listed, Written<LoadBalancerDescription> Description);
}

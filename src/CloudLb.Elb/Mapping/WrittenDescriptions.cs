using System.Runtime.CompilerServices;
using CloudLb.AwsQuery.Responses;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>
/// Each load balancer's description, mapped and written when it is first asked for and kept as long as that version of the load balancer is. A page of
/// 100 is 120 KB of XML that hardly ever changes: writing it anew took three times as long as everything else about the request.
/// </summary>
/// <remarks>Right as long as a description follows from the load balancer alone, whose record is immutable.</remarks>
internal static class WrittenDescriptions
{
    private static readonly ConditionalWeakTable<LoadBalancer, Written<LoadBalancerDescription>> Known = [];

    public static Written<LoadBalancerDescription> ToWritten(this LoadBalancer loadBalancer) =>
        Known.GetValue(loadBalancer, static described => new(described.ToWire()));
}

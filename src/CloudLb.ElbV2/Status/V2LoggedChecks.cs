using System.Net;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Status;

/// <summary>The target groups of application load balancers, as the log of their checks tells of them.</summary>
internal sealed class V2LoggedChecks(IResourceStore store, TargetChecks targets) : ILoggedChecks
{
    public IReadOnlyList<LoggedPool> PoolsOf(LoadBalancerId loadBalancer)
    {
        var snapshot = store.Current;
        return loadBalancer.Kind == LoadBalancerIds.Application
            && snapshot.V2LoadBalancers.Of(new(loadBalancer.Account, loadBalancer.Region)).Find(loadBalancer.Name) is { } found
            ?
            [
                .. snapshot.Listeners.Of(found.Arn).After(null).SelectMany(listener => listener.TargetGroups).Distinct()
                    .Select(snapshot.TargetGroups.Find).OfType<TargetGroup>().Select(Of),
            ]
            : [];
    }

    private LoggedPool Of(TargetGroup group) => new(
        PoolNames.Of(group.Arn), group.Name, TypeOf(group), TimeSpan.FromSeconds(group.HealthCheck.IntervalSeconds),
        group.Targets.ToDictionary(
            target => new TargetId(target.Id, target.Port).Member, target => new IPEndPoint(targets.AddressOf(target), target.Port)));

    private static string TypeOf(TargetGroup group) => group.ProtocolVersion switch
    {
        ProtocolVersion.GRPC => "grpc",
        ProtocolVersion.HTTP2 => "h2",
        _ => group.HealthCheck.Protocol == Protocol.HTTPS ? "https" : "http",
    };
}

using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Status;

/// <summary>The Classic load balancers whose access log is on.</summary>
internal sealed class ClassicLoggedLoadBalancers(IResourceStore store) : ILoggedLoadBalancers
{
    public object Version => store.Current.LoadBalancers;

    public IEnumerable<LoggedLoadBalancer> Read() => store.Current.LoadBalancers.All
        .Where(loadBalancer => loadBalancer.Attributes.AccessLog is { IsEnabled: true })
        .Select(Of);

    /// <param name="loadBalancer">Its attribute is set.</param>
    internal static LoggedLoadBalancer Of(LoadBalancer loadBalancer) => new(
        loadBalancer.Key.ToId(),
        loadBalancer.Attributes.AccessLog!,
        loadBalancer.DnsName,
        loadBalancer.Address,
        loadBalancer.Listeners.Where(listener => listener.IsSecure).Select(listener => listener.LoadBalancerPort).ToEquatableArray());
}

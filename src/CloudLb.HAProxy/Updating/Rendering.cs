using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.Updating;

/// <summary>What stands of a load balancer in the configuration of the process that serves.</summary>
internal delegate LoadBalancerSections Rendering(PlannedLoadBalancer loadBalancer);

using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>
/// The policies that are on at a listener. They stand beside the listeners, whose settings a repeated creation compares without them.
/// </summary>
/// <param name="LoadBalancerPort">The listener's.</param>
/// <param name="PolicyNames">At least one, in the order given; the automatic one last.</param>
public sealed record ListenerPolicies(int LoadBalancerPort, EquatableArray<string> PolicyNames);

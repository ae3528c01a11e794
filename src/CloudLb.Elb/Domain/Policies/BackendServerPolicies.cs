using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>The policies that are on at an instance port, for every listener that uses it.</summary>
/// <param name="InstancePort">1 to 65535. It may be one that no listener uses any more: its policies stay until they are cleared.</param>
/// <param name="PolicyNames">At least one, in the order given.</param>
public sealed record BackendServerPolicies(int InstancePort, EquatableArray<string> PolicyNames);

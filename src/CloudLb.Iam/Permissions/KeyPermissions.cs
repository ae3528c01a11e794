using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Permissions;

/// <summary>Holds every call against the permission of the key that signed it.</summary>
internal sealed class KeyPermissions(IAccessKeySource keys) : ICallAuthorizer
{
    public WireError? Refuse(Caller caller, ServiceContract service, string action, CallParameters parameters) =>
        keys.Find(caller.AccessKeyId)?.Permission switch
        {
            Permission.FullPermission => null,
            var permission when Allows(permission, caller, service.SigningName, action, parameters) => null,
            _ => Denial.Of(caller, service.SigningName, action, parameters),
        };

    /// <summary>Who may not do everything may do nothing where the permissions mean nothing.</summary>
    public WireError? RefuseForeign(Caller caller, string service, string action) =>
        keys.Find(caller.AccessKeyId)?.Permission is Permission.FullPermission ? null : Denial.Of(caller, service, action);

    private static bool Allows(Permission? permission, Caller caller, string service, string action, CallParameters parameters) =>
        (service, action, permission) switch
        {
            // As at AWS, nobody needs a permission to learn who they are.
            ("sts", "GetCallerIdentity", not null) => true,
            (_, _, Permission.ReadOnlyPermission) => IsRead(action),
            ("elasticloadbalancing", _, Permission.RegisterSelf self) =>
                (self.Region ?? caller.Region) == caller.Region && Allows(self, action, parameters),
            _ => false,
        };

    private static bool IsRead(string action) => action.StartsWith("Describe", StringComparison.Ordinal)
        || action.StartsWith("Get", StringComparison.Ordinal)
        || action.StartsWith("List", StringComparison.Ordinal);

    private static bool Allows(Permission.RegisterSelf self, string action, CallParameters parameters) => action switch
    {
        "RegisterInstancesWithLoadBalancer" or "DeregisterInstancesFromLoadBalancer" or "DescribeInstanceHealth" =>
            self.LoadBalancers.Contains(parameters.Value("LoadBalancerName") ?? "")
            && NamesItself(self, parameters.Members("Instances", "InstanceId")),
        "RegisterTargets" or "DeregisterTargets" or "DescribeTargetHealth" =>
            self.TargetGroups.Contains(parameters.Value("TargetGroupArn") ?? "") && NamesItself(self, parameters.Members("Targets", "Id")),
        _ => false,
    };

    /// <summary>Whoever names no instance asks for the health of all of them.</summary>
    private static bool NamesItself(Permission.RegisterSelf self, IReadOnlyList<string> named) =>
        self.Instances.Count == 0 || (named.Count > 0 && named.All(instance => self.Instances.Contains(instance)));
}

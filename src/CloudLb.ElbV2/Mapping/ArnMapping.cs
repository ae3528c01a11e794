using CloudLb.Core;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>What is said of ARNs.</summary>
internal static class ArnMapping
{
    /// <summary>What it names, in the middle of a sentence.</summary>
    public static string Words(ArnKind kind) => kind switch
    {
        ArnKind.LoadBalancer => "load balancer",
        ArnKind.Listener => "listener",
        ArnKind.Rule => "listener rule",
        ArnKind.TargetGroup => "target group",
        _ => "trust store",
    };

    public static ServiceException NotFound(Arn arn) => arn.Kind switch
    {
        ArnKind.LoadBalancer => Errors.LoadBalancerNotFound.Because("One or more load balancers not found"),
        ArnKind.Listener => Errors.ListenerNotFound.Because("One or more listeners not found"),
        ArnKind.Rule => Errors.RuleNotFound.Because("One or more rules not found"),
        ArnKind.TargetGroup => Errors.TargetGroupNotFound.Because("One or more target groups not found"),
        _ => Errors.TrustStoreNotFound.Because("One or more trust stores not found"),
    };
}

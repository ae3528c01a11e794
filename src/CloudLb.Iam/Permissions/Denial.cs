using System.Collections.Frozen;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;

namespace CloudLb.Iam.Permissions;

/// <summary>AWS's words for a call that no policy of the caller's allows.</summary>
internal static class Denial
{
    /// <summary>Their resource is a user, the caller itself when none is named.</summary>
    private static readonly FrozenSet<string> UserActions =
        ["CreateAccessKey", "DeleteAccessKey", "GetUser", "ListAccessKeys", "UpdateAccessKey"];

    public static WireError Of(Caller caller, string service, string action, CallParameters parameters) =>
        Of(caller, service, action, ResourceOf(caller, service, action, parameters));

    /// <param name="resource">Null where none is named.</param>
    public static WireError Of(Caller caller, string service, string action, string? resource = null)
    {
        var where = resource is null ? "" : $" on resource: {resource}";
        var words = $"User: {caller.Arn} is not authorized to perform: {service}:{action}{where} because no identity-based policy allows " +
            $"the {service}:{action} action";
        return service == "ec2"
            ? new WireError("UnauthorizedOperation", 403, $"You are not authorized to perform this operation. {words}")
            : new WireError("AccessDenied", 403, words);
    }

    /// <summary>Null for actions that have none: those that list, which at AWS are allowed for all resources or for none.</summary>
    private static string? ResourceOf(Caller caller, string service, string action, CallParameters parameters) => service switch
    {
        "elasticloadbalancing" when LoadBalancerOf(action, parameters) is { Length: > 0 } name =>
            $"arn:aws:elasticloadbalancing:{caller.Region}:{caller.Account}:loadbalancer/{name}",
        "elasticloadbalancing" when !IsLook(action) && parameters.Value("TargetGroupArn") is { Length: > 0 } arn => arn,
        "iam" when parameters.Value("ServerCertificateName") is { Length: > 0 } name =>
            $"arn:aws:iam::{caller.Account}:server-certificate/{name}",
        "acm" => parameters.Value("CertificateArn"),
        "iam" when UserActions.Contains(action) =>
            $"user {(parameters.Value("UserName") is { Length: > 0 } name ? name : caller.Arn.Split('/')[^1])}",
        _ => null,
    };

    private static bool IsLook(string action) => action.StartsWith("Describe", StringComparison.Ordinal);

    private static string? LoadBalancerOf(string action, CallParameters parameters) =>
        IsLook(action)
        ? null
        : parameters.Value("LoadBalancerName") ?? parameters.Members("LoadBalancerNames").FirstOrDefault();
}

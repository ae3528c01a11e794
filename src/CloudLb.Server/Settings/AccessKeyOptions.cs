using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Server.Settings;

/// <summary>An access key and the account it stands for.</summary>
public sealed partial class AccessKeyOptions : IValidatableObject
{
    public string AccountId { get; set; } = "";

    public string AccessKeyId { get; set; } = "";

    public string SecretAccessKey { get; set; } = "";

    /// <summary>What may be done with it. Default <see cref="AccessKeyPermission.Full"/>.</summary>
    public AccessKeyPermission Permission { get; set; }

    /// <summary>With <see cref="AccessKeyPermission.RegisterSelf"/>: the names of the load balancers.</summary>
    public List<string> LoadBalancers { get; set; } = [];

    /// <summary>With <see cref="AccessKeyPermission.RegisterSelf"/>: the ARNs of target groups.</summary>
    public List<string> TargetGroups { get; set; } = [];

    /// <summary>With <see cref="AccessKeyPermission.RegisterSelf"/>: the instance ids and addresses that it may name; empty: any.</summary>
    public List<string> Instances { get; set; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults(validationContext.DisplayName).Select(fault => new ValidationResult(fault));

    private IEnumerable<string> Faults(string name)
    {
        if (!Core.Accounts.AccountId.IsValid(AccountId) || !AccessKeyIdForm().IsMatch(AccessKeyId) || SecretAccessKey.Length == 0)
        {
            yield return $"{name} must have an AccountId of twelve digits, an AccessKeyId of 3 to 128 letters, digits or underscores, " +
                "and a SecretAccessKey.";
        }

        if (Permission == AccessKeyPermission.RegisterSelf)
        {
            if (LoadBalancers.Count + TargetGroups.Count == 0
                || LoadBalancers.Any(loadBalancer => !LoadBalancerNameForm().IsMatch(loadBalancer)))
            {
                yield return $"{name}:LoadBalancers must name the load balancers that the key may register itself with, as its " +
                    "Permission is RegisterSelf; or TargetGroups the target groups.";
            }

            if (TargetGroups.FirstOrDefault(arn => !Arn.TryParse(arn, out var parsed) || parsed.Kind != ArnKind.TargetGroup) is { } other)
            {
                yield return $"{name}:TargetGroups has '{other}', which is no ARN of a target group.";
            }
        }
        else if (LoadBalancers.Count + TargetGroups.Count + Instances.Count > 0)
        {
            yield return $"{name}: LoadBalancers, TargetGroups and Instances have no effect, as its Permission is {Permission}; make it " +
                "RegisterSelf or remove them.";
        }
    }

    [GeneratedRegex(@"\A\w{3,128}\z", RegexOptions.ECMAScript)]
    private static partial Regex AccessKeyIdForm();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?\z")]
    private static partial Regex LoadBalancerNameForm();
}

using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Mapping;

/// <summary>What a caller may name: the resources of its own account, in the region it signed for.</summary>
internal static class CallerMapping
{
    public static AccountId AccountId(this Caller caller) => new(caller.Account);

    public static Scope Scope(this Caller caller) => new(caller.AccountId(), caller.Region);

    /// <summary>
    /// An ARN of that kind; a text that is none is a ValidationError. One of another account or region is well-formed and never there.
    /// </summary>
    public static Arn Arn(this Caller caller, string text, ArnKind kind) =>
        Domain.Arn.TryParse(text, out var arn) && arn.Kind == kind
            ? arn.Account == caller.AccountId() && arn.Region == caller.Region ? arn : throw ArnMapping.NotFound(arn)
            : throw CommonErrors.ValidationError.Because($"'{ResourceNames.Cut(text)}' is not a valid {ArnMapping.Words(kind)} ARN");
}

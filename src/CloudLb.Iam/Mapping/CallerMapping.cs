using CloudLb.AwsApi;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Mapping;

/// <summary>Whose certificates and keys a caller may name: those of its own account, whatever region it signed for.</summary>
internal static class CallerMapping
{
    public static AccountId AccountId(this Caller caller) => new(caller.Account);

    /// <summary>Whose keys a call is about: those of the user that it names, or the caller's own.</summary>
    /// <remarks>From what the signature was checked with: the key itself may have been deleted since.</remarks>
    public static AccessKeyOwner OwnerOf(this Caller caller, string? userName) => new(caller.AccountId(), userName ?? OwnName(caller));

    private static string? OwnName(Caller caller) => caller.Arn.Split('/', 2) is [_, var name] ? name : null;
}

using CloudLb.AwsQuery;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Mapping;

/// <summary>Whose certificates a caller may name: its own account's, whatever region it signed for.</summary>
internal static class CallerMapping
{
    public static AccountId AccountId(this Caller caller) => new(caller.Account);
}

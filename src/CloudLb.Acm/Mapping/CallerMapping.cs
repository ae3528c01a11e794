using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Mapping;

/// <summary>Whose certificates a caller may name: those of its own account, in the region that it signed for.</summary>
internal static class CallerMapping
{
    public static AccountId AccountId(this Caller caller) => new(caller.Account);

    /// <summary>Whether the caller has the certificate here: another may be another endpoint's, where calls are passed on.</summary>
    public static bool Has(this IResourceStore store, Caller caller, string arn) =>
        store.Current.Certificates.FindByArn(caller.AccountId(), caller.Region, arn) is not null;
}

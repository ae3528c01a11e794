using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Credentials;
using CloudLb.Iam.Members;
using CloudLb.Iam.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.Iam;

/// <summary>
/// Joins who callers are to the composition root: their keys and permissions, STS, version 2011-06-15, and IAM, version 2010-05-08.
/// </summary>
public static class Identity
{
    /// <summary>Where IAM lives, and STS's first endpoint: clients sign for it wherever their load balancers are.</summary>
    private const string GlobalRegion = "us-east-1";

    /// <summary>
    /// <see cref="GivenAccessKeys"/> say which users there are; without, there are none. <see cref="IAccessKeySource"/> is the store's keys
    /// unless there is one.
    /// </summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton(GivenAccessKeys.None);
        services.TryAddSingleton(new CertificateQuota());
        services.TryAddSingleton<IAccessKeySource>(provider => provider.GetRequiredService<KnownAccessKeys>());
        return services
            .AddResourceKind(CertificateCollection.Kind)
            .AddResourceKind(KnownAccessKeys.Kind)
            .AddResourceKind(MemberCollection.Kind)
            .AddSingleton<KnownAccessKeys>()
            .AddSingleton<AccessKeyChanges>()
            .AddSingleton<MemberChanges>()
            .AddSingleton<ICertificateSource, CertificateSource>()
            .AddSingleton<ICredentialSource, AccessKeyCredentials>()
            .AddSingleton<ICallAuthorizer, KeyPermissions>()
            .AddApiService(StsContract.Service, service => service
                .AddOperationsOf(typeof(Identity).Assembly)
                .HasGlobalRegion(GlobalRegion))
            .AddApiService(IamContract.Service, service => service
                .AddOperationsOf(typeof(Identity).Assembly)
                .HasGlobalRegion(GlobalRegion)
                .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code, fault.HttpStatus, fault.Message) : null));
    }
}

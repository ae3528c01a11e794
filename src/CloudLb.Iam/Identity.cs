using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Credentials;
using CloudLb.Iam.Permissions;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Iam;

/// <summary>Joins who callers are to the composition root: their keys and permissions, STS, version 2011-06-15, and IAM, version 2010-05-08.</summary>
public static class Identity
{
    /// <summary>Where IAM lives, and STS's first endpoint: clients sign for it wherever their load balancers are.</summary>
    private const string GlobalRegion = "us-east-1";

    public static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton<ICredentialSource, AccessKeyCredentials>()
        .AddSingleton<ICallAuthorizer, KeyPermissions>()
        .AddApiService(StsContract.Service, service => service
            .AddOperationsOf(typeof(Identity).Assembly)
            .HasGlobalRegion(GlobalRegion))
        .AddApiService(IamContract.Service, service => service
            .AddOperationsOf(typeof(Identity).Assembly)
            .HasGlobalRegion(GlobalRegion)
            .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code.Name, fault.Code.HttpStatus, fault.Message) : null));
}

using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.SigV4;
using CloudLb.Core.Accounts;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Credentials;
using CloudLb.Iam.Operations;
using CloudLb.Iam.Permissions;
using Microsoft.Extensions.DependencyInjection;
using AccessKey = CloudLb.Core.Accounts.AccessKey;

namespace CloudLb.Tests.Unit.Iam;

/// <summary>Gives a server access keys, their permissions and STS, without IAM and the stores that it needs.</summary>
internal static class AccessKeysForTests
{
    public static IServiceCollection AddAccessKeys(this IServiceCollection services, params IEnumerable<AccessKey> keys) => services
        .AddSingleton<IAccessKeySource>(new AccessKeyTable(keys))
        .AddSingleton<ICredentialSource, AccessKeyCredentials>()
        .AddSingleton<ICallAuthorizer, KeyPermissions>()
        .AddApiService(StsContract.Service, service => service.Add<GetCallerIdentity>());
}

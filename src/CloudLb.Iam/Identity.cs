using CloudLb.AwsQuery;
using CloudLb.AwsQuery.SigV4;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Iam;

/// <summary>Joins who callers are to the composition root: their keys, and STS, version 2011-06-15.</summary>
public static class Identity
{
    public static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton<ICredentialSource, AccessKeyCredentials>()
        .AddQueryService(StsContract.Service, service => service.AddOperationsOf(typeof(Identity).Assembly));
}

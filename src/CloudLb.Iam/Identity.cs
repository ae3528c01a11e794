using CloudLb.AwsQuery;
using CloudLb.AwsQuery.SigV4;
using CloudLb.Core;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Iam;

/// <summary>Joins who callers are to the composition root: their keys, STS, version 2011-06-15, and IAM, version 2010-05-08.</summary>
public static class Identity
{
    /// <summary>Signed for us-east-1 by clients of every region: IAM always, STS by its global endpoint.</summary>
    public static IReadOnlyCollection<string> GlobalServices { get; } = [IamContract.Service.SigningName, StsContract.Service.SigningName];

    public static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton<ICredentialSource, AccessKeyCredentials>()
        .AddQueryService(StsContract.Service, service => service.AddOperationsOf(typeof(Identity).Assembly))
        .AddQueryService(IamContract.Service, service => service
            .AddOperationsOf(typeof(Identity).Assembly)
            .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code.Name, fault.Code.HttpStatus, fault.Message) : null));
}

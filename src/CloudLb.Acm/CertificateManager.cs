using CloudLb.Acm.Contracts;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Acm;

/// <summary>Joins ACM, version 2015-12-08, to the composition root: the certificates that are imported into it.</summary>
public static class CertificateManager
{
    public static IServiceCollection AddCertificateManager(this IServiceCollection services) => services
        .AddResourceKind(CertificateCollection.Kind)
        .AddApiService(AcmContract.Service, service => service
            .AddOperationsOf(typeof(CertificateManager).Assembly)
            .LeavesToUpstream()
            .MapExceptions(exception => exception is ServiceException fault ? new(fault.Code, fault.HttpStatus, fault.Message) : null));
}

using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>Takes a certificate with its private key, which never comes out again; or another content for one that there is.</summary>
internal sealed class ImportCertificate(IResourceStore store, ITextSealer sealer, TimeProvider clock)
    : IOperation<ImportCertificateRequest, ImportCertificateResponse>, IKeepsCalls<ImportCertificateRequest>
{
    public bool Keeps(ImportCertificateRequest request, Caller caller) => request.CertificateArn is not { } arn || store.Has(caller, arn);

    public async Task<ImportCertificateResponse> ExecuteAsync(
        ImportCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var time = clock.GetUtcNow();
        var now = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var pem = ImportedPem.Check(request, now);
        if (request.CertificateArn is { } arn)
        {
            if (request.Tags is { Count: > 0 })
            {
                throw Errors.InvalidParameterException.Because("Tagging is not permitted on re-import.");
            }

            var again = await store.UpdateAsync(
                caller.AccountId(), caller.Region, arn,
                certificate => certificate.Again(pem, sealer.Seal(certificate.Id, pem.Upload.PrivateKey), now), cancellationToken);
            return new() { CertificateArn = again.Arn };
        }

        var id = ServerCertificate.NewId();
        var certificate = new ServerCertificate
        {
            Id = id,
            Account = caller.AccountId(),
            Region = caller.Region,
            Name = $"{Guid.NewGuid()}",
            Path = "/",
            Body = pem.Body,
            Chain = pem.Chain,
            PrivateKey = sealer.Seal(id, pem.Upload.PrivateKey),
            UploadDate = now,
            Expiration = pem.Upload.Expiration,
        };
        var imported = await store.ImportAsync(certificate.WithTags(request.Tags.ToDomain()), cancellationToken);
        return new() { CertificateArn = imported.Arn };
    }
}

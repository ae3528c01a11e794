using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;
using ServerCertificate = CloudLb.Core.Certificates.ServerCertificate;

namespace CloudLb.Iam.Operations;

/// <summary>Takes a certificate with its private key, which never comes out again.</summary>
internal sealed class UploadServerCertificate(IResourceStore store, ITextSealer sealer, CertificateQuota quota, TimeProvider clock)
    : IOperation<UploadServerCertificateRequest, UploadServerCertificateResponse>
{
    public async Task<UploadServerCertificateResponse> ExecuteAsync(
        UploadServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var upload = CertificateUpload.Check(
            request.CertificateBody, request.CertificateChain, request.PrivateKey, now, UploadRefusals.Of);
        var id = ServerCertificate.NewId();
        var certificate = new ServerCertificate
        {
            Id = id,
            Account = caller.AccountId(),
            Name = request.ServerCertificateName,
            Path = request.Path ?? "/",
            Body = request.CertificateBody.Trim(),
            Chain = request.CertificateChain?.Trim(),
            PrivateKey = sealer.Seal(id, upload.PrivateKey),
            UploadDate = new(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
            Expiration = upload.Expiration,
        };

        var created = await store.CreateCertificateAsync(certificate.WithTags(request.Tags.ToDomain()), quota, cancellationToken);
        return new() { ServerCertificateMetadata = created.ToMetadata(), Tags = created.Tags.Count > 0 ? created.Tags.ToWire() : null };
    }
}

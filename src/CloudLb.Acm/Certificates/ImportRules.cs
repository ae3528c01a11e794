using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Certificates;

/// <summary>ACM's rules of imported certificates, and the changes that follow them.</summary>
internal static class ImportRules
{
    /// <summary>AWS's quota of certificates in an account and region.</summary>
    public const int MaximumCertificates = 2500;

    /// <summary>The caller's certificate by its ARN.</summary>
    /// <exception cref="ServiceException">
    /// InvalidArnException, or ResourceNotFoundException, also for another account's or region's.
    /// </exception>
    public static ServerCertificate Get(this Snapshot snapshot, AccountId account, string region, string arn)
    {
        if (!IsOfCertificate(arn))
        {
            throw Errors.InvalidArnException.Because($"Not a certificate's ARN: {arn}");
        }

        return snapshot.Certificates.FindByArn(account, region, arn)
            ?? throw Errors.ResourceNotFoundException.Because($"Could not find certificate {arn}.");
    }

    /// <exception cref="ServiceException">LimitExceededException: the account has as many there as it may.</exception>
    public static Task<ServerCertificate> ImportAsync(
        this IResourceStore store, ServerCertificate certificate, CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot => snapshot.Certificates.In(certificate.Account, certificate.Region!).Count < MaximumCertificates
                ? (snapshot.With(CertificateCollection.Kind, certificate), certificate)
                : throw Errors.LimitExceededException.Because(
                    "You have reached the maximum number of certificates. Delete certificates that are not in use, or contact AWS " +
                    "Support to request an increase."),
            cancellationToken);

    /// <summary>Replaces a certificate by what <paramref name="update"/> makes of it.</summary>
    public static Task<ServerCertificate> UpdateAsync(
        this IResourceStore store, AccountId account, string region, string arn, Func<ServerCertificate, ServerCertificate> update,
        CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var after = update(snapshot.Get(account, region, arn));
                return (snapshot.With(CertificateCollection.Kind, after), after);
            },
            cancellationToken);

    /// <exception cref="ServiceException">ResourceInUseException, in AWS's words, while a listener uses it.</exception>
    public static Task DeleteAsync(
        this IResourceStore store, AccountId account, string region, string arn, CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var certificate = snapshot.Get(account, region, arn);
                return snapshot.UsersOf(Use.OfCertificate(certificate.Id)).Count == 0
                    ? snapshot.Without(CertificateCollection.Kind, certificate.Id)
                    : throw Errors.ResourceInUseException.Because($"Certificate {arn} in account {account} is in use.");
            },
            cancellationToken);

    /// <summary>The same certificate with another content. What ACM's guide to importing again forbids is refused.</summary>
    /// <param name="certificate">What it is.</param>
    /// <param name="pem">What it becomes.</param>
    /// <param name="privateKey">The key, sealed.</param>
    /// <param name="now">When.</param>
    public static ServerCertificate Again(this ServerCertificate certificate, ImportedPem pem, SealedText privateKey, DateTimeOffset now)
    {
        var (before, after) = (CertificateFacts.Of(certificate), pem.Facts);
        if (after.KeyAlgorithm != before.KeyAlgorithm)
        {
            throw Refused(
                $"its key must be {before.KeyAlgorithm}, as that of the certificate that it replaces, and is {after.KeyAlgorithm}");
        }

        if (before.Names.Count > 0 && after.Names.Count == 0)
        {
            throw Refused("it has no domain name");
        }

        if (before.KeyUsages.Except(after.KeyUsages).FirstOrDefault() is { } usage)
        {
            throw Refused($"the key usage {usage} of the certificate that it replaces must be there");
        }

        if (before.ExtendedKeyUsages.Except(after.ExtendedKeyUsages).Select(one => one.Name).FirstOrDefault() is { } extended)
        {
            throw Refused($"the extended key usage {extended} of the certificate that it replaces must be there");
        }

        return certificate with
        {
            Generation = certificate.Generation + 1,
            Body = pem.Body,
            Chain = pem.Chain,
            PrivateKey = privateKey,
            CreateDate = certificate.CreateDate ?? certificate.UploadDate,
            UploadDate = now,
            Expiration = pem.Upload.Expiration,
        };
    }

    private static ServiceException Refused(string reason) =>
        Errors.ValidationException.Because($"The certificate cannot be imported in the place of another: {reason}.");

    /// <summary>Anything else in the form of an ARN is what the model's pattern lets through.</summary>
    private static bool IsOfCertificate(string arn) =>
        arn.Split(':') is ["arn", "aws", "acm", _, _, var resource] && resource.Split('/') is ["certificate", { Length: > 0 }];
}

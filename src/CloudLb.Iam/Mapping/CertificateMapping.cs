using CloudLb.Core.Resources;
using Wire = CloudLb.Iam.Contracts;

namespace CloudLb.Iam.Mapping;

/// <summary>Certificates and tags as IAM shows them.</summary>
internal static class CertificateMapping
{
    public static Wire.ServerCertificateMetadata ToMetadata(this Core.Certificates.ServerCertificate certificate) => new()
    {
        Path = certificate.Path,
        ServerCertificateName = certificate.Name,
        ServerCertificateId = certificate.Id,
        Arn = certificate.Arn,
        UploadDate = certificate.UploadDate,
        Expiration = certificate.Expiration,
    };

    public static IReadOnlyCollection<Tag> ToDomain(this IReadOnlyList<Wire.Tag>? tags) =>
        [.. (tags ?? []).Select(tag => new Tag(tag.Key, tag.Value))];

    public static IReadOnlyList<Wire.Tag> ToWire(this IEnumerable<Tag> tags) =>
        [.. tags.Select(tag => new Wire.Tag { Key = tag.Key, Value = tag.Value })];
}

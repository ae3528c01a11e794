using System.Globalization;
using System.Security.Cryptography;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>
/// A server certificate, its private key encrypted: IAM's, of which name, path and tags may change but never what it proves, or ACM's,
/// which can be imported again.
/// </summary>
public sealed record ServerCertificate
{
    private const string IdPrefix = "ASCA";
    private const int IdLength = 17;

    /// <summary><c>ASCA</c> and 17 capitals or digits; never given out twice.</summary>
    public required string Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The region of one that ACM has; null of IAM's, which are in every region.</summary>
    public string? Region { get; init; }

    /// <summary>How often it was imported again; 0 at first.</summary>
    public int Generation { get; init; }

    /// <summary>1 to 128 letters, digits and <c>_+=,.@-</c>; unique within the account. Of ACM's, the last part of the ARN.</summary>
    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash; printable ASCII.</summary>
    public required string Path { get; init; }

    /// <summary>The certificate itself, PEM.</summary>
    public required string Body { get; init; }

    /// <summary>Its issuers in order, PEM; null when there are none.</summary>
    public string? Chain { get; init; }

    /// <summary>What belongs to it, PEM, sealed with its id; in whatever form it came, as PKCS#8.</summary>
    public required SealedText PrivateKey { get; init; }

    /// <summary>When what it is now was uploaded.</summary>
    public required DateTimeOffset UploadDate { get; init; }

    /// <summary>When it was made, of one that was imported again; null of others.</summary>
    public DateTimeOffset? CreateDate { get; init; }

    /// <summary>The last moment at which the certificate is valid.</summary>
    public required DateTimeOffset Expiration { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    /// <summary>What listeners name it by; a change of name or path changes it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Arn => Region is null
        ? $"arn:aws:iam::{Account}:server-certificate{Path}{Name}"
        : $"arn:aws:acm:{Region}:{Account}:certificate/{Name}";

    /// <summary>Stands for the content: the id, and after a <c>v</c> how often it was imported again. Letters and digits.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string ContentId => Generation == 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}v{Generation}");

    /// <summary>The id of the certificate that has, or had, the content.</summary>
    public static string IdOf(string contentId) => contentId.Split('v', 2)[0];

    public static string NewId() => IdPrefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", IdLength);
}

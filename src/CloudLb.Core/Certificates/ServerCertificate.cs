using System.Security.Cryptography;
using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>A certificate as IAM keeps it, its private key encrypted. What it proves never changes; its name, path and tags may.</summary>
public sealed record ServerCertificate
{
    /// <summary>AWS's limit for tags of an IAM resource.</summary>
    private const int MaximumTags = 50;

    private const string IdPrefix = "ASCA";
    private const int IdLength = 17;

    /// <summary><c>ASCA</c> and 17 capitals or digits; never given out twice, so that it stands for the content as well.</summary>
    public required string Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>1 to 128 letters, digits and <c>_+=,.@-</c>; unique within the account.</summary>
    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash; printable ASCII.</summary>
    public required string Path { get; init; }

    /// <summary>The certificate itself, PEM.</summary>
    public required string Body { get; init; }

    /// <summary>Its issuers in order, PEM; null when there are none.</summary>
    public string? Chain { get; init; }

    /// <summary>What belongs to it, PEM, sealed with its id; see <see cref="CertificateUpload"/>.</summary>
    public required SealedText PrivateKey { get; init; }

    public required DateTimeOffset UploadDate { get; init; }

    /// <summary>The last moment at which the certificate is valid.</summary>
    public required DateTimeOffset Expiration { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    /// <summary>What listeners name it by; a change of name or path changes it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Arn => $"arn:aws:iam::{Account}:server-certificate{Path}{Name}";

    public static string NewId() => IdPrefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", IdLength);

    /// <summary>Adds tags, replacing those of the same key. IAM does not tell keys apart by their case.</summary>
    public ServerCertificate WithTags(IReadOnlyCollection<Tag> added)
    {
        var byKey = new SortedDictionary<string, Tag>(Tags.ToDictionary(tag => tag.Key), StringComparer.OrdinalIgnoreCase);
        var addedKeys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in added)
        {
            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw new ServiceException(ErrorCode.InvalidInput, $"Tag key '{tag.Key}' cannot start with 'aws:'");
            }

            if (!addedKeys.Add(tag.Key))
            {
                throw new ServiceException(ErrorCode.InvalidInput, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }

            byKey[tag.Key] = tag;
        }

        return byKey.Count <= MaximumTags
            ? this with { Tags = byKey.Values.ToEquatableArray() }
            : throw new ServiceException(ErrorCode.LimitExceeded, $"Cannot exceed quota for TagsPerServerCertificate: {MaximumTags}");
    }

    /// <summary>Removes tags; a key that is not there is no error.</summary>
    public ServerCertificate WithoutTags(IReadOnlyCollection<string> keys) =>
        this with { Tags = Tags.Where(tag => !keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)).ToEquatableArray() };

    /// <summary>Refuses to have it deleted while a listener of any region uses it, in AWS's words, which terraform reads.</summary>
    public void EnsureUnused(Snapshot snapshot)
    {
        foreach (var user in snapshot.UsersOf(Use.OfCertificate(Id)))
        {
            throw new ServiceException(
                ErrorCode.DeleteConflict,
                $"Certificate: {Id} is currently in use by {snapshot.ArnOf(user)}. Please remove it first before deleting it from IAM.");
        }
    }
}

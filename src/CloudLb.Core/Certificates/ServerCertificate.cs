using System.Security.Cryptography;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>A server certificate, its private key encrypted. What it proves never changes; its name, path and tags may.</summary>
public sealed record ServerCertificate
{
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

    /// <summary>What belongs to it, PEM, sealed with its id; in whatever form it came, as PKCS#8.</summary>
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
}

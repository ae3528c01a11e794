using System.Diagnostics.CodeAnalysis;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// A call in a protocol, or for a service, that is not answered here, as far as its headers and its path tell. Nothing of it is
/// believed yet.
/// </summary>
internal sealed record ForeignCall
{
    /// <summary>Characters; the longest name of a service has some 35.</summary>
    private const int MaxServiceLength = 64;

    private const string Unnamed = "unknown";

    public required ForeignProtocol Protocol { get; init; }

    /// <summary>The service in the credential scope; where nothing is signed, what the target or the path names.</summary>
    public required string Service { get; init; }

    /// <summary>The action, or method and path where the protocol has no name for it.</summary>
    public required string Action { get; init; }

    /// <summary>Whether the client wants the code that its service had in the query protocol as well.</summary>
    public bool IsQueryCompatible { get; init; }

    /// <summary>Whether the signature is of a form that S3 has given up.</summary>
    public bool IsSignedAsBefore { get; init; }

    /// <summary>
    /// Null for a call that is ours to answer, or to refuse as it always was: forms, browsers, whatever is not signed and names no
    /// protocol.
    /// </summary>
    /// <param name="request">With its head alone.</param>
    /// <param name="target">What the head says, if it is of a call in JSON or CBOR.</param>
    /// <param name="isQueryPath">Whether the path is one that queries are sent to.</param>
    /// <param name="services">Those that are answered here.</param>
    public static ForeignCall? Find(HttpRequest request, RpcTarget? target, bool isQueryPath, ApiServices services)
    {
        if (target is not null)
        {
            return services.Find(target) is null ? OfRpc(request, target) : null;
        }

        if (!isQueryPath && IsOldS3(request))
        {
            return new ForeignCall
            {
                Protocol = ForeignProtocol.S3, Service = "s3", Action = $"{request.Method} {request.Path.Value}", IsSignedAsBefore = true,
            };
        }

        // A form at our own path tells by its Version whose it is; that is the dispatcher's business.
        var isForm = IsForm(request);
        if ((isQueryPath && (isForm || IsQueryGet(request))) || SignedService(request) is not { } signed || services.HasSigningName(signed))
        {
            return null;
        }

        return new ForeignCall
        {
            Protocol = isForm ? ForeignProtocol.Query : RestOf(signed),
            Service = signed,
            Action = $"{request.Method} {request.Path.Value}",
        };
    }

    /// <summary>S3's own version 2 of the signature, which boto3 still puts into URLs unless it is told otherwise.</summary>
    private static bool IsOldS3(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal)
        || (request.Query.ContainsKey("AWSAccessKeyId") && request.Query.ContainsKey("Signature") && request.Query.ContainsKey("Expires"));

    private static ForeignCall OfRpc(HttpRequest request, RpcTarget target) => new()
    {
        Protocol = target.Protocol switch
        {
            WireProtocol.Cbor => ForeignProtocol.Cbor,
            WireProtocol.Json10 => ForeignProtocol.Json10,
            _ => ForeignProtocol.Json11,
        },
        Service = SignedService(request) ?? WellFormed(target.Service) ?? Unnamed,
        Action = target.Operation ?? Unnamed,
        IsQueryCompatible = ErrorAnswer.IsInQueryMode(request),
    };

    /// <summary>The key that the request says it is signed with, hostile; empty when it says none.</summary>
    public static string ClaimedKeyId(HttpRequest request) => ClaimedCredential(request)?.Split('/', 2)[0] ?? "";

    /// <summary>The service in the scope that the request says it is signed for; null when there is none that could be one.</summary>
    public static string? SignedService(HttpRequest request) =>
        ClaimedCredential(request)?.Split('/') is [_, _, _, var service, CredentialScope.ValidTerminator] ? WellFormed(service) : null;

    private static string? ClaimedCredential(HttpRequest request)
    {
        const string Mark = "Credential=";
        var credential = request.Query["X-Amz-Credential"] is [{ } presigned, ..] ? presigned : null;
        if (request.Headers.Authorization is [{ } header, ..] && header.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at)
        {
            var rest = header[(at + Mark.Length)..];
            credential = rest.IndexOfAny([',', ' ']) is >= 0 and var end ? rest[..end] : rest;
        }

        return credential;
    }

    /// <summary>
    /// Whether it is spelled as the name of a service: what stands in a scope can be anything, and goes into messages, records and
    /// signatures.
    /// </summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxServiceLength } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string? WellFormed(string? name) => IsName(name) ? name : null;

    private static bool IsForm(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsQueryGet(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("Action");

    private static ForeignProtocol RestOf(string service) => service switch
    {
        "route53" or "cloudfront" => ForeignProtocol.RestXml,
        _ when CanonicalPath.IsSentAsSigned(service) => ForeignProtocol.S3,
        _ => ForeignProtocol.RestJson,
    };
}

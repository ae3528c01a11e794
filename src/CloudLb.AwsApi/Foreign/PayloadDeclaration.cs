using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Foreign;

/// <summary>What the head of a request says of its body, and thereby what the signature says of it.</summary>
/// <param name="Text">As it stands in the signed text; null where the hash of the body itself does.</param>
internal sealed record PayloadDeclaration(string? Text)
{
    public const string Header = "x-amz-content-sha256";

    private const string Unsigned = "UNSIGNED-PAYLOAD";

    private const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    private const string UnsignedChunks = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>The signature says nothing of the body, by the signer's own wish.</summary>
    public bool IsUnsigned => Text is Unsigned or UnsignedChunks;

    /// <summary>Each chunk of the body has a signature of its own, in a chain that begins with the request's.</summary>
    public bool IsSignedInChunks => Text is SignedChunks or $"{SignedChunks}-TRAILER";

    /// <summary>What follows the last chunk has a signature too.</summary>
    public bool HasSignedTrailers => IsSignedInChunks && Text!.EndsWith("-TRAILER", StringComparison.Ordinal);

    /// <summary>The body's hash, in lower-case digits.</summary>
    public bool IsHash => Text is { Length: Hex.HashDigits } && Text.All(char.IsAsciiHexDigit);

    /// <summary>Whether the body is the one that was declared.</summary>
    public bool IsHashOf(SpooledBody body) => string.Equals(Text, Convert.ToHexStringLower(body.Hash), StringComparison.OrdinalIgnoreCase);

    /// <exception cref="WireException">It is a form of signing that is not known.</exception>
    public static PayloadDeclaration Of(IHeaderDictionary headers, bool isPresigned, bool isS3)
    {
        var text = headers[Header] is [{ Length: > 0 } declared, ..] ? declared : isPresigned && isS3 ? Unsigned : null;
        var declaration = new PayloadDeclaration(text);
        return text is null || declaration.IsHash || declaration.IsUnsigned || declaration.IsSignedInChunks
            ? declaration
            : throw new WireException(new WireError(
                "InvalidRequest", 400, $"The value of {Header} is neither a SHA-256 hash nor a form of signing that is known here."));
    }
}

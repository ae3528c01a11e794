using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The signature in the query string of a presigned URL.</summary>
internal static class PresignedQuery
{
    public const string SignatureParameter = "X-Amz-Signature";

    public static PresentedSignature Parse(IHeaderDictionary headers, ApiRequest request)
    {
        var credential = request.FindInQuery("X-Amz-Credential");
        var signature = request.FindInQuery(SignatureParameter);
        var signedHeaders = request.FindInQuery("X-Amz-SignedHeaders");
        var date = request.FindInQuery("X-Amz-Date");
        if (credential is null || signature is null || signedHeaders is null || date is null)
        {
            throw SigV4Errors.MissingQueryParts(credential is null, signature is null, signedHeaders is null, date is null);
        }

        return new PresentedSignature
        {
            IsPresigned = true,
            Credential = credential,
            SignedHeaders = signedHeaders,
            Signature = signature,
            Date = date,
            Expires = request.FindInQuery("X-Amz-Expires"),
            HasToken = request.FindInQuery("X-Amz-Security-Token") is not null || headers.ContainsKey(AuthorizationHeader.TokenHeader),
        };
    }
}

using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Requests;

/// <summary>
/// What a call in JSON or CBOR says of itself before its body: which service, which operation. Nothing of it is believed yet.
/// </summary>
/// <param name="Protocol">One of the two JSONs, or CBOR.</param>
/// <param name="Service">As the model calls it; null where the head is too broken to tell.</param>
/// <param name="Operation">The operation's name; null as above.</param>
internal sealed record RpcTarget(WireProtocol Protocol, string? Service, string? Operation)
{
    public const string SmithyHeader = "smithy-protocol";
    public const string SmithyCbor = "rpc-v2-cbor";
    public const string TargetHeader = "X-Amz-Target";
    public const string Json10Type = "application/x-amz-json-1.0";
    public const string Json11Type = "application/x-amz-json-1.1";
    public const string CborType = "application/cbor";

    /// <summary>Null for a call in no such protocol.</summary>
    public static RpcTarget? Find(HttpRequest request)
    {
        if (request.Headers[SmithyHeader] == SmithyCbor)
        {
            return request.Path.Value!.Split('/') is [_, "service", { Length: > 0 } service, "operation", { Length: > 0 } operation]
                ? new(WireProtocol.Cbor, service, operation)
                : new(WireProtocol.Cbor, null, null);
        }

        if (request.Headers[TargetHeader] is not [{ Length: > 0 } target, ..])
        {
            return null;
        }

        var dot = target.LastIndexOf('.');
        var isFirst = request.ContentType?.StartsWith(Json10Type, StringComparison.OrdinalIgnoreCase) == true;
        return new(isFirst ? WireProtocol.Json10 : WireProtocol.Json11, dot < 0 ? null : target[..dot], target[(dot + 1)..]);
    }
}

using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.SigV2;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// Finds who sent a request, in AWS's order of checks. The body is read only once everything that stands before it is in order.
/// </summary>
/// <remarks>
/// A body of a few KiB is read all the same where AWS would tell its faults first, or needs it to know the service; but not for a key that
/// nobody knows, nor for one that is inactive: such a request costs less than reading it would.
/// </remarks>
internal sealed class RequestAuthenticator(SigV4Verifier verifier, SigV2Verifier version2, RequestReceiver receiver)
{
    /// <param name="claimed">Told the Credential, or the key alone, as soon as there is one: hostile.</param>
    /// <exception cref="WireException">The signature, or the body, is refused.</exception>
    public async ValueTask<Caller> AuthenticateAsync(
        HttpContext context, ApiRequest request, SigV4Options options, DateTimeOffset now, Action<string> claimed)
    {
        var http = context.Request;
        if (options.AllowsVersion2 && request.Target is null && !SigV2Verifier.CarriesNewer(http, request))
        {
            // Its parts may stand in the body.
            using var room = await receiver.ReadBodyAsync(context, request);
            claimed(request.Find("AWSAccessKeyId") ?? "");
            return SigV2Verifier.IsFor(request)
                ? await version2.VerifyAsync(http, request, options.DefaultRegion, now, context.RequestAborted)
                : throw SigV4Errors.Missing();
        }

        var claim = await ReadClaimAsync(context, request, now, claimed);
        if (verifier.RefusalOf(claim, request, options) is { } refusal)
        {
            await receiver.ReadSmallBodyAsync(context, request);
            throw verifier.RefusalOf(claim, request, options) ?? refusal;
        }

        var credential = await verifier.FindKeyAsync(claim, context.RequestAborted);
        using (await receiver.ReadBodyAsync(context, request))
        {
            return verifier.RefusalOf(claim, request, options) is { } late
                ? throw late
                : verifier.Verify(http, request, claim, credential, options);
        }
    }

    private async ValueTask<SignatureClaim> ReadClaimAsync(
        HttpContext context, ApiRequest request, DateTimeOffset now, Action<string> claimed)
    {
        try
        {
            var presented = PresentedSignature.Find(context.Request.Headers, request);
            claimed(presented.Credential);
            return SigV4Verifier.Read(presented, now);
        }
        catch (WireException)
        {
            await receiver.ReadSmallBodyAsync(context, request);
            throw;
        }
    }
}

using CloudLb.AwsQuery.Audit;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.AwsQuery.Requests;
using CloudLb.AwsQuery.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.AwsQuery.Foreign;

/// <summary>
/// Answers calls in protocols, or for services, that are not spoken here: who they are from is found out first, then they learn in their own protocol that
/// nobody speaks it here.
/// </summary>
internal sealed partial class ForeignCalls(
    ForeignVerifier verifier, QueryServices services, ILogger<ForeignCalls> logger, AccountThrottle? throttle = null, AuditLog? audit = null)
{
    public async Task AnswerAsync(HttpContext context, ForeignCall call, string requestId)
    {
        var audited = audit?.Begin(context, call, requestId);
        var error = DispatchErrors.Unanswered;
        try
        {
            error = await RefusalAsync(context, call, audited);
        }
        catch (WireException exception)
        {
            error = exception.Error;
        }
        catch (BadHttpRequestException exception)
        {
            error = RequestErrors.Of(exception);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.CallFailed(logger, exception, requestId);
            error = DispatchErrors.InternalFailure;
        }
        finally
        {
            if (audited is not null)
            {
                audited.Error = error;
                audit!.Add(audited);
            }
        }

        // What is left of a long body is not waited for.
        context.Response.Headers.Connection = context.Request.ContentLength is > RequestLimits.MaxBody ? "close" : default;
        await ForeignErrorDocument.WriteAsync(context.Response, call, error, requestId, context.RequestAborted);
    }

    private async Task<WireError> RefusalAsync(HttpContext context, ForeignCall call, AuditedCall? audited)
    {
        var signature = await verifier.VerifyHeadAsync(context.Request, call, context.RequestAborted);
        if (signature.Payload.Text is null)
        {
            ForeignVerifier.Check(context.Request, signature, await ForeignBody.HashAsync(context));
        }

        audited?.Caller = signature.Caller;
        return throttle?.TryTake(signature.Caller.Account) == false
            ? AccountThrottle.ErrorFor(null)
            : ForeignErrors.NotSpoken(call.Service, call.Action, services.Spoken);
    }

    private static partial class Log
    {
        [LoggerMessage(1004, LogLevel.Error, "A call for another service failed; the request {RequestId} was answered InternalFailure")]
        public static partial void CallFailed(ILogger logger, Exception exception, string requestId);
    }
}

using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Answers calls in protocols, or for services, that are not spoken here: who they are from is found out first, then they go to another
/// endpoint, if there is one for that account, or learn in their own protocol that nobody speaks it here.
/// </summary>
internal sealed partial class ForeignCalls(
    ForeignVerifier verifier, ForeignBodies bodies, ApiServices services, CallRecorder recorder, ILogger<ForeignCalls> logger,
    ICallAuthorizer? authorizer = null, AccountThrottle? throttle = null, IUpstream? upstream = null)
{
    public async Task AnswerAsync(HttpContext context, ForeignCall call, string requestId)
    {
        var record = recorder.Begin(context, requestId);
        record.Describe(call);
        WireError? error = DispatchErrors.Unanswered;
        try
        {
            error = await AnswerAsync(context, call, record);
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
            if (record.Caller is null)
            {
                record.Refuse(ForeignCall.ClaimedKeyId(context.Request));
            }

            recorder.End(record, error);
        }

        if (error is null || context.Response.HasStarted)
        {
            return;
        }

        // What is left of a long body is not waited for.
        context.Response.Headers.Connection = context.Request.ContentLength is > RequestLimits.MaxBody
            || (context.Request.ContentLength is > RequestLimits.SmallBody && record.Caller is null)
            ? "close"
            : default;
        await ForeignErrorDocument.WriteAsync(context.Response, call, error, requestId, context.RequestAborted);
    }

    /// <summary>
    /// Whether calls of this account go to another endpoint when nobody answers them here. Those signed with version 2 do not: they
    /// name no service.
    /// </summary>
    public bool IsCarried(Caller caller) => ForeignCall.IsName(caller.SigningName) && upstream?.Carries(caller) == true;

    /// <summary>The call, if it is none of ours.</summary>
    /// <param name="target">What the call's head says, if it is one in JSON or CBOR.</param>
    /// <param name="isQueryPath">Whether the path is one that queries are sent to.</param>
    public ForeignCall? Find(HttpContext context, RpcTarget? target, bool isQueryPath) =>
        ForeignCall.Find(context.Request, target, isQueryPath, services);

    /// <summary>Passes a query on whose signature was good.</summary>
    /// <returns>Null when the other endpoint has answered.</returns>
    public async Task<WireError?> PassOnAsync(HttpContext context, ApiRequest request, Caller caller, string action, CallRecord record)
    {
        await using var body = new MemoryStream(request.Body.ToArray(), writable: false);
        return await PassOnAsync(context, caller, action, record, () => Task.FromResult(new UpstreamCall
        {
            Caller = caller,
            Service = caller.SigningName!,
            Target = SentTarget.Of(context.Request),
            Body = body,
            Length = body.Length,
            Payload = Convert.ToHexStringLower(request.BodyHash!),
        }));
    }

    /// <returns>Null when the other endpoint has answered.</returns>
    private async Task<WireError?> AnswerAsync(HttpContext context, ForeignCall call, CallRecord record)
    {
        var signature = await verifier.VerifyHeadAsync(context.Request, call, context.RequestAborted);
        await using var read = signature.Payload.Text is null ? await bodies.ReadUnverifiedAsync(context) : null;
        if (read is not null)
        {
            ForeignVerifier.Check(context.Request, signature, read.Hash);
        }

        var caller = signature.Caller;
        record.Accept(caller);
        context.Features.Get<ICallerConnection>()?.CallIsVerified();
        if (throttle?.TryTake(caller.Account) == false)
        {
            record.IsRefused = true;
            return AccountThrottle.ErrorFor(null);
        }

        if (!IsCarried(caller))
        {
            return ForeignErrors.NotSpoken(call.Service, call.Action, services.Spoken);
        }

        VerifiedBody? body = null;
        try
        {
            return await PassOnAsync(context, caller, call.Action, record, async () =>
            {
                body = await bodies.VerifyAsync(context, signature, read);
                return new()
                {
                    Caller = caller,
                    Service = signature.Scope.Service,
                    Target = signature.Target,
                    Body = body.Stream,
                    Length = body.Length,
                    Payload = body.Payload,
                    Trailers = body.Trailers,
                    IsUnchunked = body.IsUnchunked,
                };
            });
        }
        finally
        {
            await (body?.DisposeAsync() ?? default);
        }
    }

    private async Task<WireError?> PassOnAsync(
        HttpContext context, Caller caller, string action, CallRecord record, Func<Task<UpstreamCall>> makeAsync)
    {
        if (authorizer?.RefuseForeign(caller, caller.SigningName!, action) is { } denial)
        {
            record.IsRefused = true;
            return denial;
        }

        var answer = await upstream!.ForwardAsync(context, await makeAsync());
        record.UpstreamStatus = answer.Status;
        record.UpstreamRequestId = answer.RequestId;
        return answer.Error;
    }

    private static partial class Log
    {
        [LoggerMessage(1004, LogLevel.Error, "A call for another service failed; the request {RequestId} was answered InternalFailure")]
        public static partial void CallFailed(ILogger logger, Exception exception, string requestId);
    }
}

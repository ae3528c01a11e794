using System.Text;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Foreign;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.SigV4;
using CloudLb.AwsApi.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>Answers one request, in AWS's order: HTTP, signature, action and version, parameters, operation.</summary>
/// <remarks>
/// What is not registered costs nothing: without an authorizer every caller may do all, without a throttle as often as wanted, without an
/// audit log unwritten, without metrics uncounted.
/// </remarks>
internal sealed partial class ApiDispatcher(
    ApiServices services, ForeignCalls foreign, SignatureCheck signatures, CallRecorder recorder, ILogger<ApiDispatcher> logger,
    ICallAuthorizer? authorizer = null, AccountThrottle? throttle = null, CallMetrics? metrics = null)
{
    private const string RequestIdHeader = "x-amzn-RequestId";

    /// <summary>Where AWS sends a browser that opens its endpoint.</summary>
    private const string ProductPage = "https://aws.amazon.com/elasticloadbalancing/";

    /// <summary>Answers what comes to a path for queries and for JSON.</summary>
    public Task AnswerAsync(HttpContext context) => AnswerAsync(context, isQueryPath: true);

    /// <summary>Answers what comes to a path of the form that CBOR's calls have, if it is one of ours.</summary>
    public Task AnswerRpcPathAsync(HttpContext context) =>
        RpcTarget.Find(context.Request) is { Protocol: WireProtocol.Cbor } target && services.Find(target) is not null
        ? AnswerAsync(context)
        : AnswerPathAsync(context);

    /// <summary>
    /// Refuses a path that no service has, unless it is one of another's service. One whose escapes are broken gets no more than a status,
    /// as at AWS.
    /// </summary>
    public Task AnswerPathAsync(HttpContext context) => AnswerAsync(context, isQueryPath: false);

    private Task AnswerQueryAsync(HttpContext context, RpcTarget? target, string requestId)
    {
        var received = RequestReceiver.Receive(context.Request, target);
        return received.Request is { } request
            ? AnswerAsync(context, request, requestId)
            : RefuseAsync(context, received, requestId);
    }

    private static Task RefusePathAsync(HttpContext context, RpcTarget? target, string requestId)
    {
        if (HasBrokenEscape(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        var protocol = target?.Protocol ?? WireProtocol.Query;
        return ErrorAnswer.WriteAsync(context.Response, null, protocol, DispatchErrors.UnknownPath, requestId, context.RequestAborted);
    }

    /// <summary>As it was sent: decoded, a broken escape stands there like any other text.</summary>
    private static bool HasBrokenEscape(string target)
    {
        try
        {
            _ = PercentEncoding.Decode(Encoding.UTF8.GetBytes(target.Split('?')[0]));
            return false;
        }
        catch (WireException)
        {
            return true;
        }
    }

    private async Task RefuseAsync(HttpContext context, ReceivedRequest received, string requestId)
    {
        var (response, cancellationToken) = (context.Response, context.RequestAborted);
        switch (received.Refusal)
        {
            case HttpRefusal.Redirect:
                response.StatusCode = StatusCodes.Status302Found;
                response.Headers.Location = ProductPage;
                break;

            case HttpRefusal.NotAForm:
                response.StatusCode = StatusCodes.Status403Forbidden;
                response.ContentType = "text/html";
                await response.WriteAsync(
                    "<html><body><h1>403 Forbidden</h1><p>A POST must carry a form.</p></body></html>\n", cancellationToken);
                break;

            default:
                var call = recorder.Begin(context, requestId);
                call.Refuse(ForeignCall.ClaimedKeyId(context.Request));
                recorder.End(call, received.Error);

                // What is left of a body that is too large is not waited for.
                response.Headers.Connection = "close";
                var protocol = RpcTarget.Find(context.Request)?.Protocol ?? WireProtocol.Query;
                await ErrorAnswer.WriteAsync(response, null, protocol, received.Error!, requestId, cancellationToken);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, bool isQueryPath)
    {
        var requestId = RandomId.New().ToString();
        context.Response.Headers[RequestIdHeader] = requestId;
        using var scope = Log.RequestScope(logger, requestId);
        try
        {
            var target = RpcTarget.Find(context.Request);
            await (foreign.Find(context, target, isQueryPath) is { } call ? foreign.AnswerAsync(context, call, requestId)
                : isQueryPath ? AnswerQueryAsync(context, target, requestId)
                : RefusePathAsync(context, target, requestId));
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested
            && exception is OperationCanceledException or IOException)
        {
            // The client went away: nobody is left to answer.
        }
    }

    private async Task AnswerAsync(HttpContext context, ApiRequest request, string requestId)
    {
        // Before the call begins, as it is measured: a body may come slowly, and who goes away meanwhile has asked for nothing.
        var (caller, refusal) = await signatures.CheckAsync(context, request);
        var call = recorder.Begin(context, requestId);
        Utf8Buffer? answer = null;
        WireError? error = DispatchErrors.Unanswered;
        var started = metrics?.Start() ?? 0;
        try
        {
            (answer, error) = await ExecuteAsync(context, request, call, caller, refusal);
        }
        finally
        {
            metrics?.Answered(services.Find(request), request.Action, error?.Code, started);
            recorder.End(call, error);
        }

        if (answer is null && (error is null || context.Response.HasStarted))
        {
            // Another endpoint has answered.
            return;
        }

        if (answer is null)
        {
            if (request.BodyHash is null && !RequestReceiver.HasSmallBody(context.Request))
            {
                // What is left of the body is not waited for.
                context.Response.Headers.Connection = "close";
            }

            var service = FormFor(context, request);
            await ErrorAnswer.WriteAsync(
                context.Response, service, ProtocolOf(request, service), error!, requestId, context.RequestAborted);
            return;
        }

        using (answer)
        {
            var protocol = ProtocolOf(request, services.Find(request)?.Contract);
            await DocumentAnswer.WriteAsync(context.Response, protocol, answer, context.RequestAborted);
        }
    }

    private static WireProtocol ProtocolOf(ApiRequest request, ServiceContract? service) =>
        request.Target?.Protocol ?? (service?.IsEc2 == true ? WireProtocol.Ec2 : WireProtocol.Query);

    /// <summary>
    /// The service whose form an error has: that of the Version, or of the signature where the body with the Version was not read.
    /// </summary>
    private ServiceContract? FormFor(HttpContext context, ApiRequest request) =>
        services.Find(request)?.Contract ?? services.FormFor(
            ForeignCall.SignedService(context.Request), isVersionRead: request.BodyHash is not null);

    private async Task<(Utf8Buffer? Answer, WireError? Error)> ExecuteAsync(
        HttpContext context, ApiRequest request, CallRecord call, Caller? caller, SignatureRefusal? refusal)
    {
        ApiService? service = null;
        try
        {
            service = services.Find(request);
            call.Describe(request, service?.Contract.SigningName ?? ForeignCall.SignedService(context.Request));
            if (caller is null)
            {
                refusal ??= new(SigV4Errors.Missing().Error);
                call.Refuse(refusal.AccessKeyId);
                return (null, Ec2SignatureErrors.ErrorFor(FormFor(context, request), refusal.Error));
            }

            call.Accept(caller);
            if (throttle?.TryTake(caller.Account) == false)
            {
                call.IsRefused = true;
                return (null, AccountThrottle.ErrorFor(service?.Contract));
            }

            if (CompressedBody.IsIn(context.Request))
            {
                service = await DecompressAsync(request, caller, context.RequestAborted);
                call.Describe(request, service?.Contract.SigningName ?? caller.SigningName);
            }

            call.Keep(request.Parameters);
            if (request.Action is not { } action)
            {
                return (null, DispatchErrors.MissingAction);
            }

            var input = new CallInput(request, service?.Contract);
            if (foreign.IsCarried(caller) && service?.Answers(action, () => input.Root, caller) != true)
            {
                call.Keep([]);
                return (null, await foreign.PassOnAsync(context, request, caller, action, call));
            }

            if (service is null
                && caller.SigningName is { } foreignName
                && ForeignCall.IsName(foreignName)
                && !services.HasSigningName(foreignName))
            {
                return (null, ForeignErrors.NotSpoken(foreignName, action, services.Spoken));
            }

            if (service?.Find(action) is not { } operation)
            {
                return (null, DispatchErrors.UnknownOperation(action, request.Version, service?.Contract));
            }

            if (request.Target is not null)
            {
                call.Keep(input.Parameters);
            }

            // The one place where caller, service and operation are known and nothing has happened yet.
            if (authorizer?.Refuse(caller, service.Contract, operation.Name, new CallParameters(input.Root)) is { } denial)
            {
                call.IsRefused = true;
                return (null, denial);
            }

            var protocol = ProtocolOf(request, service.Contract);
            return (await operation.ExecuteAsync(input.Root, caller, protocol, call.RequestId, context.RequestAborted), null);
        }
        catch (Exception exception) when ((service?.ToWireError(exception) ?? (exception as WireException)?.Error) is { } error)
        {
            return (null, error);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.OperationFailed(logger, exception, service?.Find(request.Action ?? "")?.Name ?? "none", call.RequestId);
            return (null, DispatchErrors.InternalFailure);
        }
    }

    /// <summary>A form that was compressed names its service only now.</summary>
    /// <exception cref="WireException">It cannot be decompressed, or is for another service than it was signed for.</exception>
    private async ValueTask<ApiService?> DecompressAsync(ApiRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await CompressedBody.DecompressAsync(request, cancellationToken);
        var service = services.Find(request);
        return service is null || caller.SigningName is null || caller.SigningName == service.Contract.SigningName
            ? service
            : throw SigV4Errors.WrongService(service.Contract.SigningName);
    }

    private static partial class Log
    {
        public static readonly Func<ILogger, string, IDisposable?> RequestScope =
            LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

        [LoggerMessage(2001, LogLevel.Error, "The operation {Operation} failed; the request {RequestId} was answered InternalFailure")]
        public static partial void OperationFailed(ILogger logger, Exception exception, string operation, string requestId);
    }
}

using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.AwsApi.SigV4;

/// <summary>Signature Version 4, and version 2 where it is allowed: who a call of ours is from, or why that is not believed.</summary>
/// <remarks>
/// No authentication scheme of ASP.NET Core's: its middleware, handlers and tickets would cost a call as much as both hashes do, and
/// nothing here asks for them.
/// </remarks>
internal sealed partial class SignatureCheck(
    IOptions<SigV4Options> options, RequestAuthenticator authenticator, TimeProvider clock, ILogger<SignatureCheck> logger)
{
    /// <returns>The caller; or the refusal, and then no caller.</returns>
    public async ValueTask<(Caller? Caller, SignatureRefusal? Refusal)> CheckAsync(HttpContext context, ApiRequest request)
    {
        string? credential = null;
        try
        {
            var caller = await authenticator.AuthenticateAsync(
                context, request, options.Value, clock.GetUtcNow(), claimed => credential = claimed);
            context.Features.Get<ICallerConnection>()?.CallIsVerified();
            return (caller, null);
        }
        catch (WireException exception)
        {
            // It is not logged: some of AWS's texts repeat the Authorization header.
            return (null, new(exception.Error, credential));
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            Log.CheckFailed(logger, exception);
            return (null, new(DispatchErrors.InternalFailure, credential));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1014, LogLevel.Error, "A signature could not be checked; the request was answered InternalFailure")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Foreign;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.AwsApi.SigV4;

/// <summary>Signature Version 4 as an authentication scheme, and version 2 where it is allowed. It looks only at calls of ours.</summary>
internal sealed partial class SigV4Handler(
    IOptionsMonitor<SigV4Options> options, ILoggerFactory logger, UrlEncoder encoder, RequestAuthenticator authenticator,
    ForeignCalls foreign)
    : AuthenticationHandler<SigV4Options>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is not { IsQueryPath: var isQueryPath }
            || (!isQueryPath && RpcTarget.Find(Request) is not { Protocol: WireProtocol.Cbor })
            || foreign.Find(Context, isQueryPath) is not null)
        {
            return AuthenticateResult.NoResult();
        }

        if (RequestReceiver.Receive(Context).Request is not { } request)
        {
            return AuthenticateResult.NoResult();
        }

        string? credential = null;
        try
        {
            var caller = await authenticator.AuthenticateAsync(
                Context, request, Options, TimeProvider.GetUtcNow(), claimed => credential = claimed);
            Context.Features.Get<ICallerConnection>()?.CallIsVerified();
            var principal = new ClaimsPrincipal(new CallerIdentity(caller));
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
        }
        catch (WireException exception)
        {
            // ASP.NET Core logs the failure's text, and some of AWS's texts repeat the Authorization header: only the code goes there.
            Context.Features.Set(new SignatureRefusal(exception.Error, credential));
            return AuthenticateResult.Fail(exception.Error.Code);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !Context.RequestAborted.IsCancellationRequested)
        {
            Log.CheckFailed(Logger, exception);
            Context.Features.Set(new SignatureRefusal(DispatchErrors.InternalFailure, credential));
            return AuthenticateResult.Fail(DispatchErrors.InternalFailure.Code);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1014, LogLevel.Error, "A signature could not be checked; the request was answered InternalFailure")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}

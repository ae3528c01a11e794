using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Audit;

/// <summary>Has what each call was written down: in the audit, where there is one, and where it was refused in the log too.</summary>
internal sealed class CallRecorder(RefusedCalls refusals, TimeProvider clock, AuditLog? audit = null)
{
    public CallRecord Begin(HttpContext context, string requestId) => new()
    {
        Time = clock.GetUtcNow(),
        RequestId = requestId,
        UserAgent = context.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        SourceAddress = context.Connection.RemoteIpAddress,
    };

    /// <param name="error">Null when the operation was carried out.</param>
    public void End(CallRecord call, WireError? error)
    {
        call.Error = error;
        if (call.IsRefused)
        {
            refusals.Add(call);
        }
        else
        {
            audit?.Add(call);
        }
    }
}

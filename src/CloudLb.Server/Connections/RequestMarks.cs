using CloudLb.AwsApi;
using Microsoft.AspNetCore.Http.Features;

namespace CloudLb.Server.Connections;

/// <summary>
/// Tells a connection's guard when a request begins and ends on it, before anything else looks at the request, and the log when one fails
/// of what nobody has made an answer of.
/// </summary>
/// <remarks>
/// Nearly every request is for the API's own path, which nothing else is ever answered at: it goes straight there, as the way past all
/// other endpoints costs a short call a fortieth of its time.
/// </remarks>
internal sealed partial class RequestMarks(ILogger<RequestMarks> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        var api = application.ApplicationServices.GetApi();
        application.Use(following => context => MarkAsync(context, api, following));
        next(application);
    };

    private async Task MarkAsync(HttpContext context, RequestDelegate api, RequestDelegate next)
    {
        var connection = context.Features.Get<GuardedConnection>();
        connection?.RequestBegins(context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false);
        try
        {
            await (connection?.IsForApi == true && context.Request.Path.Value == "/" ? api(context) : next(context));
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.RequestFailed(logger, exception, context.Request.Method);
            throw;
        }
        finally
        {
            connection?.RequestEnds();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1015, LogLevel.Error, "A request ({Method}) failed, and was answered 500 without a word")]
        public static partial void RequestFailed(ILogger logger, Exception exception, string method);
    }
}

using Microsoft.AspNetCore.Http.Features;

namespace CloudLb.Server.Connections;

/// <summary>Tells a connection's guard when a request begins and ends on it, before anything else looks at the request.</summary>
internal sealed class RequestMarks : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(MarkAsync);
        next(application);
    };

    private static async Task MarkAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Features.Get<GuardedConnection>();
        connection?.RequestBegins(context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false);
        try
        {
            await next(context);
        }
        finally
        {
            connection?.RequestEnds();
        }
    }
}

using CloudLb.Operator.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Operator.Monitoring;

/// <summary>What monitoring asks for, without a signature, as its programs expect: figures and states, and no secret.</summary>
public static class MonitoringEndpoints
{
    /// <summary>Prometheus's text format, version 0.0.4.</summary>
    public const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    private const string MetricsPath = "/metrics", HealthPath = "/health", ReadyPath = "/ready";

    /// <summary>The paths that a path-style client cannot be answered at.</summary>
    public static readonly IReadOnlyList<string> Paths = [MetricsPath, HealthPath, ReadyPath];

    /// <summary>Puts them before the API, which answers whatever they do not: other methods and other paths.</summary>
    internal static void Map(IApplicationBuilder application, MetricsOptions options)
    {
        if (!options.Enabled)
        {
            return;
        }

        // So that instruments that are used before the first question are listened to.
        _ = application.ApplicationServices.GetRequiredService<MeterTotals>();
        var hasPlaceOfItsOwn = !string.IsNullOrEmpty(options.Url);
        application.MapWhen(
            context => hasPlaceOfItsOwn ? context.Features.Get<MonitoringConnection>() is not null : IsAsked(context.Request),
            monitoring => monitoring.Run(AnswerAsync));
    }

    private static bool IsAsked(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && Paths.Contains(request.Path.Value);

    private static Task AnswerAsync(HttpContext context)
    {
        if (!IsAsked(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return context.Request.Path.Value switch
        {
            MetricsPath => WriteMetricsAsync(context),
            HealthPath => WriteStateAsync(context, Condition(context).HealthFaultsAsync(context.RequestAborted)),
            _ => WriteStateAsync(context, Condition(context).ReadyFaultsAsync(context.RequestAborted)),
        };
    }

    private static ServerCondition Condition(HttpContext context) => context.RequestServices.GetRequiredService<ServerCondition>();

    private static async Task WriteMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = MetricsType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var text = new PrometheusText(context.Response.BodyWriter);
        await context.RequestServices.GetRequiredService<MetricsReport>().WriteAsync(text, context.RequestAborted);
        await text.FlushAsync(context.RequestAborted);
    }

    private static async Task WriteStateAsync(HttpContext context, Task<IReadOnlyList<string>> asked)
    {
        var faults = await asked;
        context.Response.StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var text = faults.Count == 0 ? "OK\n" : string.Concat(faults.Select(fault => $"{fault.ReplaceLineEndings(" ")}\n"));
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}

using CloudLb.Cli.Control;

namespace CloudLb.Server.Operator;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    public static void Map(IApplicationBuilder control) => control.Run(async context =>
    {
        if (context.Request.Path == ControlClient.LoadBalancersPath)
        {
            var report = context.RequestServices.GetRequiredService<StatusReport>();
            await context.Response.WriteAsJsonAsync(report.LoadBalancers(context.Request.Query[ControlClient.NameParameter]), ControlClient.Json, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    });
}

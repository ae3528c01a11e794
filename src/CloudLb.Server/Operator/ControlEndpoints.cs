using System.Globalization;
using CloudLb.Cli.Control;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using CloudLb.Server.Ephemeral;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Operator;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    private const int LongestTable = 10_000;

    public static void Map(IApplicationBuilder control) => control.Run(async context =>
    {
        var services = context.RequestServices;
        var query = context.Request.Query;
        object? answer = context.Request.Path.Value switch
        {
            ControlPaths.LoadBalancers => await LoadBalancersAsync(services.GetRequiredService<StatusReport>(), query, context.RequestAborted),
            ControlPaths.Explanation => await ExplainAsync(services.GetRequiredService<InstanceReport>(), query, context.RequestAborted),
            ControlPaths.Server => RunningServerReport.Of(services.GetRequiredService<CloudLbSettings>(), services.GetRequiredService<IRegionZones>()),
            ControlPaths.Watch => await services.GetRequiredService<TrafficReport>().NowAsync(
                query[ControlPaths.Name], Number(query[ControlPaths.Rows]), Number(query[ControlPaths.CellRows]), context.RequestAborted),
            ControlPaths.AcceptDatabase when HttpMethods.IsPost(context.Request.Method) => Accept(services.GetRequiredService<IStoreTrust>()),
            ControlPaths.Reset when HttpMethods.IsPost(context.Request.Method) => await ResetAsync(services, context.RequestAborted),
            _ => null,
        };
        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await context.Response.WriteAsJsonAsync(answer, answer.GetType(), ControlClient.Json, context.RequestAborted);
    });

    private static async Task<IReadOnlyList<LoadBalancerStatus>> LoadBalancersAsync(StatusReport report, IQueryCollection query, CancellationToken cancellationToken) =>
        (string?)query[ControlPaths.Name] is { } name && query.ContainsKey(ControlPaths.Detail)
            ? await report.DetailsAsync(name, cancellationToken)
            : report.LoadBalancers(query[ControlPaths.Name]);

    private static async Task<InstanceExplanation?> ExplainAsync(InstanceReport report, IQueryCollection query, CancellationToken cancellationToken) =>
        (string?)query[ControlPaths.Account] is { } account && AccountId.IsValid(account)
            && (string?)query[ControlPaths.Region] is { } region && (string?)query[ControlPaths.Name] is { } name && (string?)query[ControlPaths.Instance] is { } instance
            ? await report.ExplainAsync(new LoadBalancerKey(new AccountId(account), region, name), instance, cancellationToken)
            : null;

    private static async Task<ResetAnswer> ResetAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<CloudLbSettings>().Server.Ephemeral)
        {
            return new("This CloudLb keeps what it has: only one that was started with --Ephemeral can be reset.");
        }

        try
        {
            return new(await services.GetRequiredService<Reset>().ExecuteAsync(cancellationToken));
        }
        catch (ServiceException exception)
        {
            return new(exception.Message);
        }
    }

    private static DatabaseAnswer Accept(IStoreTrust trust)
    {
        try
        {
            return new(trust.Accept(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(true, $"The database could not be accepted: {exception.Message}");
        }
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, LongestTable) : 0;
}

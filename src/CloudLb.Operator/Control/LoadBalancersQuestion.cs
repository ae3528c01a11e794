using CloudLb.Cli.Control;
using CloudLb.Operator.Status;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>All load balancers, or those of a name, and of those what their processes say if that is asked for.</summary>
internal sealed class LoadBalancersQuestion(StatusReport report) : IControlQuestion
{
    public string Path => ControlPaths.LoadBalancers;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        (string?)query[ControlPaths.Name] is { } name && query.ContainsKey(ControlPaths.Detail)
            ? await report.DetailsAsync(name, cancellationToken)
            : report.LoadBalancers(query[ControlPaths.Name]);
}

using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Templates;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>The operator's templates: what there is, and what is wrong with it.</summary>
internal sealed class TemplatesQuestion(ITrafficTemplates templates) : IControlQuestion
{
    public string Path => ControlPaths.Templates;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        Show(templates, await templates.ReadAsync(cancellationToken));

    public static TemplatesStatus Show(ITrafficTemplates templates, IReadOnlyList<TemplateReport> reports) => new(
        templates.Directory,
        [
            .. reports.Select(report => new TemplateStatus(
                report.Name, report.Files, report.Accounts, report.LoadBalancers, report.IsInForce, report.Fault)),
        ],
        [.. templates.Shipped.Select(shipped => new ShippedTemplateStatus(shipped.File, shipped.Text, shipped.Points))]);
}

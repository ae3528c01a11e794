using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Templates;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>Puts the operator's templates in force.</summary>
internal sealed class TemplateApplication(ITrafficTemplates templates) : IControlQuestion
{
    public string Path => ControlPaths.ApplyTemplates;

    public bool IsChange => true;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        TemplatesQuestion.Show(templates, await templates.ApplyAsync(cancellationToken));
}

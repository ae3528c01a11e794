using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Templates;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>What the operator's templates would change if they were put in force.</summary>
internal sealed class TemplateChangesQuestion(ITrafficTemplates templates) : IControlQuestion
{
    public string Path => ControlPaths.TemplateChanges;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        (await templates.CompareAsync(cancellationToken))
            .Select(difference => new TemplateChange(difference.Of, difference.Template, difference.Lines))
            .ToList();
}

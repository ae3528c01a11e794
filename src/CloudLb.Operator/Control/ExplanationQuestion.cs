using CloudLb.Cli.Control;
using CloudLb.Core.Accounts;
using CloudLb.Operator.Status;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>Why an instance is in service, or not.</summary>
internal sealed class ExplanationQuestion(InstanceReport report) : IControlQuestion
{
    public string Path => ControlPaths.Explanation;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        (string?)query[ControlPaths.Account] is { } account && AccountId.IsValid(account)
            && (string?)query[ControlPaths.Region] is { } region && (string?)query[ControlPaths.Name] is { } name
            && (string?)query[ControlPaths.Instance] is { } instance
            ? await report.ExplainAsync(new AccountId(account), region, name, instance, cancellationToken)
            : null;
}

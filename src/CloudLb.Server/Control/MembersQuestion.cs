using CloudLb.Cli.Control;
using CloudLb.Operator.Control;

namespace CloudLb.Server.Control;

/// <summary>The machines that register themselves.</summary>
internal sealed class MembersQuestion(MemberReport report) : IControlQuestion
{
    public string Path => ControlPaths.Members;

    public Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(report.All());
}

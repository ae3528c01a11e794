using CloudLb.Cli.Control;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Iam.Members;
using CloudLb.Operator.Control;

namespace CloudLb.Server.Control;

/// <summary>Deletes a member and its keys.</summary>
internal sealed class MemberDeletionQuestion(MemberChanges changes, MemberReport report) : IControlQuestion
{
    public string Path => ControlPaths.DeleteMember;

    public bool IsChange => true;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        if ((string?)query[ControlPaths.Account] is not { } account || !AccountId.IsValid(account))
        {
            return new MemberAnswer { Fault = "The account of the member is none." };
        }

        try
        {
            var deleted = await changes.DeleteAsync(new(new(account), $"{query[ControlPaths.Name]}"), cancellationToken);
            return new MemberAnswer { Member = deleted is null ? null : report.Of(deleted) };
        }
        catch (ServiceException exception)
        {
            return new MemberAnswer { Fault = exception.Message };
        }
    }
}

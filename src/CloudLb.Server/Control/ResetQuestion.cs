using CloudLb.Cli.Control;
using CloudLb.Core;
using CloudLb.Operator.Control;
using CloudLb.Server.Ephemeral;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Control;

/// <summary>Empties an ephemeral server; any other refuses.</summary>
internal sealed class ResetQuestion(CloudLbSettings settings, Reset reset) : IControlQuestion
{
    public string Path => ControlPaths.Reset;

    public bool IsChange => true;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        if (!settings.Server.Ephemeral)
        {
            return new ResetAnswer("This CloudLb keeps what it has: only one that was started with --Ephemeral can be reset.");
        }

        try
        {
            return new ResetAnswer(await reset.ExecuteAsync(cancellationToken));
        }
        catch (ServiceException exception)
        {
            return new ResetAnswer(exception.Message);
        }
    }
}

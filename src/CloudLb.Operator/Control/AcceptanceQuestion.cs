using CloudLb.Cli.Control;
using CloudLb.Core.Resources;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>Accepts the database that is in doubt.</summary>
internal sealed class AcceptanceQuestion(IStoreTrust trust) : IControlQuestion
{
    public string Path => ControlPaths.AcceptDatabase;

    public bool IsChange => true;

    public Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) => Task.FromResult<object?>(Accept());

    private DatabaseAnswer Accept()
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
}

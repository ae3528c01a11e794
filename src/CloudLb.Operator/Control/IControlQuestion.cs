using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>One question on the control socket, and who answers it.</summary>
public interface IControlQuestion
{
    /// <summary>Where it is asked: one of <see cref="Cli.Control.ControlPaths"/>.</summary>
    string Path { get; }

    /// <summary>Whether it changes something, and so is asked by POST alone.</summary>
    bool IsChange => false;

    /// <summary>What is written as JSON; null when there is no such thing.</summary>
    Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken);
}

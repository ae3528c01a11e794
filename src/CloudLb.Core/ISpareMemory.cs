namespace CloudLb.Core;

/// <summary>Keeps what it can make again, to be sooner with the next change.</summary>
public interface ISpareMemory
{
    /// <summary>Lets go of it, as it is quiet and the memory is to be given back.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    Task LetGoAsync(CancellationToken cancellationToken);
}

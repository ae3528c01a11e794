namespace CloudLb.Storage.Sqlite;

/// <inheritdoc cref="IPendingTurn"/>
/// <param name="turn">Runs while nobody else writes.</param>
internal sealed class PendingTurn<TAnswer>(Func<TAnswer> turn) : Pending<TAnswer>, IPendingTurn
{
    public void Run()
    {
        try
        {
            Complete(turn());
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}

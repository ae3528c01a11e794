using CloudLb.Core.Resources;

namespace CloudLb.Storage.Sqlite;

/// <inheritdoc cref="IPendingChange"/>
/// <param name="change">What there is afterwards, given everything there is, and the answer. Runs while nobody else writes.</param>
internal sealed class PendingChange<TAnswer>(Func<Snapshot, (Snapshot Next, TAnswer Answer)> change) : Pending<TAnswer>, IPendingChange
{
    private TAnswer? _answer;
    private Exception? _refusal;

    public Snapshot Apply(Snapshot working)
    {
        try
        {
            (var next, _answer) = change(working);
            return working.IsAncestorOf(next)
                ? next
                : throw new InvalidOperationException("A change answered a snapshot that it had not made of the one given.");
        }
        catch (Exception refusal)
        {
            // Of whatever type: it is the caller's own function, and its own answer.
            _refusal = refusal;
            return working;
        }
    }

    public void Complete()
    {
        if (_refusal is not null)
        {
            Fail(_refusal);
        }
        else
        {
            Complete(_answer!);
        }
    }
}

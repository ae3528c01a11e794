namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change, waiting for its turn to be written.</summary>
internal abstract class Pending
{
    /// <summary>False when the caller has gone.</summary>
    public abstract bool TryTake();

    public abstract void Fail(Exception exception);
}

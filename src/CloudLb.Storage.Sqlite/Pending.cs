namespace CloudLb.Storage.Sqlite;

/// <summary>What one caller wants of the database, waiting for its turn.</summary>
internal abstract class Pending
{
    /// <summary>False when the caller has gone.</summary>
    public abstract bool TryTake();

    public abstract void Fail(Exception exception);
}

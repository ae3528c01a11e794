namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's wish that everything goes, committed alone.</summary>
internal sealed class PendingReset : Pending<bool>
{
    public void Complete() => Complete(true);
}

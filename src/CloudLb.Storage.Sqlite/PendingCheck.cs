namespace CloudLb.Storage.Sqlite;

/// <summary>A question whether a change could be written. Its answer is the reason why not, or null.</summary>
internal sealed class PendingCheck : Pending<string?>
{
    public new void Complete(string? fault) => base.Complete(fault);
}

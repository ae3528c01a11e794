using CloudLb.Core.Accounts;

namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change of one access key, committed alone.</summary>
/// <param name="change">
/// Writes what changes and gives the next state with what the caller is told. Runs while nobody else writes; a ServiceException is the caller's answer.
/// </param>
internal sealed class PendingAccessKeyChange(Func<AccessKeySnapshot, AccessKeyRows, (AccessKeySnapshot Next, AccessKey Answer)> change) : Pending<AccessKey>
{
    private AccessKey? _value;

    /// <summary>The state after it; it is on the disk by then.</summary>
    public AccessKeySnapshot Apply(AccessKeySnapshot state, AccessKeyRows table)
    {
        (var next, _value) = change(state, table);
        return next;
    }

    public void Complete() => Complete(_value!);
}

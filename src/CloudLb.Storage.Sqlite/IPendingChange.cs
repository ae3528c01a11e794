using CloudLb.Core.Resources;

namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change, which shares its commit with those that wait beside it.</summary>
internal interface IPendingChange
{
    /// <summary>Makes the change in memory and keeps what the caller is to be told; what comes back is the next working snapshot.</summary>
    Snapshot Apply(Snapshot working);

    /// <summary>Answers, once it is durable.</summary>
    void Complete();

    /// <summary>Answers that nothing was kept.</summary>
    void Fail(Exception exception);
}

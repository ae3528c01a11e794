namespace CloudLb.Core.Resources;

/// <summary>
/// Keeps whatever is kept. A change is answered when it is durable; by then it stands in <see cref="Current"/>, and the change signal has
/// been raised. A change that changes nothing is not written. Changes are made one after the other, whoever makes them, and those that come
/// together share a commit.
/// </summary>
public interface IResourceStore
{
    /// <summary>Everything that was answered so far, read from memory.</summary>
    Snapshot Current { get; }

    /// <summary>Changes what there is.</summary>
    /// <param name="change">
    /// Given everything there is at the moment of the change: what there is afterwards, made of what was given, and what the caller is
    /// told. What it throws is its caller's answer, and nothing of it is kept. A pure function: it may run on another thread, and again
    /// when another machine was first, and must not wait.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting before its turn; a change that has been begun goes on.</param>
    Task<T> ChangeAsync<T>(Func<Snapshot, (Snapshot Next, T Answer)> change, CancellationToken cancellationToken);

    /// <summary>What has become of one kind since a revision, deletions included.</summary>
    /// <param name="kind">A registered one.</param>
    /// <param name="since">The revision that the caller has; 0 for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ResourceChanges<TKey, TValue>> ReadChangesAsync<TKey, TValue>(
        ResourceKind<TKey, TValue> kind, long since, CancellationToken cancellationToken)
        where TKey : class
        where TValue : class;
}

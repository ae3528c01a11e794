namespace CloudLb.Storage.Sqlite;

/// <inheritdoc cref="Pending"/>
/// <typeparam name="TAnswer">What the caller is told.</typeparam>
internal abstract class Pending<TAnswer> : Pending
{
    /// <summary>Continues callers who wait elsewhere: whoever writes has others to write for.</summary>
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _taken;

    /// <summary>Ends when the change is durable or refused.</summary>
    public Task<TAnswer> Answer => _answer.Task;

    /// <summary>Called from any thread. A change that has been taken goes on.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        lock (_answer)
        {
            if (!_taken)
            {
                _answer.TrySetCanceled(cancellationToken);
            }
        }
    }

    public sealed override bool TryTake()
    {
        lock (_answer)
        {
            _taken = true;
            return !_answer.Task.IsCompleted;
        }
    }

    public sealed override void Fail(Exception exception) => _answer.SetException(exception);

    protected void Complete(TAnswer answer) => _answer.SetResult(answer);
}

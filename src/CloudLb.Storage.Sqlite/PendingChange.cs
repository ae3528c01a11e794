using CloudLb.Core.LoadBalancers;

namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change of one load balancer, waiting for its turn.</summary>
/// <param name="key">Which load balancer.</param>
/// <param name="change">What it is afterwards, given everything there is; null when it is gone. Runs on the writer's thread.</param>
internal sealed class PendingChange(LoadBalancerKey key, Func<LoadBalancerSnapshot, LoadBalancer?> change)
{
    /// <summary>Continues callers elsewhere: the writer's thread is for writing.</summary>
    private readonly TaskCompletionSource<LoadBalancer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _taken;
    private LoadBalancer? _value;
    private Exception? _refusal;

    public LoadBalancerKey Key => key;

    /// <summary>Ends when the change is durable or refused.</summary>
    public Task<LoadBalancer?> Answer => _answer.Task;

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

    /// <summary>False when the caller has gone.</summary>
    public bool TryTake()
    {
        lock (_answer)
        {
            _taken = true;
            return !_answer.Task.IsCompleted;
        }
    }

    /// <summary>Makes the change in memory and keeps what the caller is to be told; what comes back is the next working snapshot.</summary>
    /// <param name="written">Gets the new value, when there is one.</param>
    public LoadBalancerSnapshot Apply(LoadBalancerSnapshot working, Dictionary<LoadBalancerKey, LoadBalancer?> written)
    {
        var before = working.Find(key);
        try
        {
            _value = change(working);
        }
        catch (Exception refusal)
        {
            // Of whatever type: it is the caller's own function, and its own answer.
            _refusal = refusal;
            return working;
        }

        if (_value is not null && _value.Key != key)
        {
            _refusal = new InvalidOperationException($"A change of {key} made {_value.Key} of it.");
            return working;
        }

        if (_value == before)
        {
            _value = before;
            return working;
        }

        written[key] = _value;
        return _value is null ? working.Without(key) : working.With(_value);
    }

    public void Complete()
    {
        if (_refusal is not null)
        {
            _answer.SetException(_refusal);
        }
        else
        {
            _answer.SetResult(_value);
        }
    }

    public void Fail(Exception exception) => _answer.SetException(exception);
}

using CloudLb.Core.LoadBalancers;

namespace CloudLb.Storage.Sqlite;

/// <summary>One caller's change of one load balancer, waiting for its turn.</summary>
/// <param name="key">Which load balancer.</param>
/// <param name="change">What it is afterwards, given everything there is; null when it is gone. Runs while nobody else writes.</param>
internal sealed class PendingChange(LoadBalancerKey key, Func<LoadBalancerSnapshot, LoadBalancer?> change) : Pending<LoadBalancer?>
{
    private LoadBalancer? _value;
    private Exception? _refusal;

    public LoadBalancerKey Key => key;

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
            Fail(_refusal);
        }
        else
        {
            Complete(_value);
        }
    }
}

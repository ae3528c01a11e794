using CloudLb.Core.KeySets;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>The key sets that actions of listeners name.</summary>
internal sealed class KeySetUses(IResourceStore store) : IKeySetUsers
{
    private volatile Seen? _seen;

    public IReadOnlySet<KeySetId> Used()
    {
        var listeners = store.Current.Listeners;
        if (_seen is not { } seen || !ReferenceEquals(seen.Listeners, listeners))
        {
            _seen = seen = new(listeners, listeners.All.SelectMany(Of).ToHashSet());
        }

        return seen.Used;
    }

    private static IEnumerable<KeySetId> Of(Listener listener) => listener.Rules
        .Select(rule => rule.Actions)
        .Append(listener.DefaultActions)
        .SelectMany(actions => actions.OfType<JwtValidationAction>())
        .Select(action => new KeySetId(listener.Arn.Account, action.JwksEndpoint));

    private sealed record Seen(ResourceCollection<Arn, Listener> Listeners, IReadOnlySet<KeySetId> Used);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudLb.Core.Resources;

/// <summary>The changes that most callers make, and how a room registers its kinds.</summary>
public static class ResourceStoreExtensions
{
    /// <summary>All that a new kind needs besides its record. Whatever store there is keeps it.</summary>
    public static IServiceCollection AddResourceKind(this IServiceCollection services, ResourceKind kind)
    {
        services.TryAddSingleton<ResourceKinds>();
        return services.AddSingleton(kind);
    }

    /// <summary>Changes what there is, and tells nothing.</summary>
    public static Task ChangeAsync(this IResourceStore store, Func<Snapshot, Snapshot> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(snapshot => (change(snapshot), true), cancellationToken);

    /// <summary>Replaces a resource by what <paramref name="update"/> makes of it, given everything there is too.</summary>
    public static Task<TValue> UpdateAsync<TKey, TValue>(
        this IResourceStore store, ResourceKind<TKey, TValue> kind, TKey key, Func<TValue, Snapshot, TValue> update,
        CancellationToken cancellationToken)
        where TKey : class
        where TValue : class => store.PutAsync(kind, key, snapshot => update(snapshot.Of(kind).Get(key), snapshot), cancellationToken);

    /// <summary>
    /// Puts what <paramref name="put"/> makes in the place of that key: a new resource, another, or the one there is, to leave it as it is.
    /// </summary>
    public static Task<TValue> PutAsync<TKey, TValue>(
        this IResourceStore store, ResourceKind<TKey, TValue> kind, TKey key, Func<Snapshot, TValue> put,
        CancellationToken cancellationToken)
        where TKey : class
        where TValue : class => store.ChangeAsync(
            snapshot =>
            {
                var value = put(snapshot);
                if (!kind.KeyOf(value).Equals(key))
                {
                    throw new InvalidOperationException($"A change of {key} made {kind.KeyOf(value)} of it.");
                }

                var next = snapshot.With(kind, value);
                return (next, next.Of(kind).Get(key));
            },
            cancellationToken);

    /// <summary>Removes a resource; one that is not there is no error.</summary>
    public static Task DeleteAsync<TKey, TValue>(
        this IResourceStore store, ResourceKind<TKey, TValue> kind, TKey key, CancellationToken cancellationToken)
        where TKey : class
        where TValue : class => store.ChangeAsync(snapshot => snapshot.Without(kind, key), cancellationToken);
}

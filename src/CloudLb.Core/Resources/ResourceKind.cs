using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudLb.Core.Resources;

/// <summary>
/// A kind of resource, as far as whoever keeps it must know. Each room makes one for each kind of its own (<see cref="ResourceKind{TKey,
/// TValue}"/>) and registers it; no store knows any by name.
/// </summary>
public abstract class ResourceKind
{
    private protected ResourceKind(string name) => Name = name;

    /// <summary>Stands in every row: lower-case words with hyphens, never changed once released.</summary>
    public string Name { get; }

    /// <summary>Of the form of its documents; counts from 1.</summary>
    public abstract int Version { get; }

    /// <summary>A key as it stands in a row.</summary>
    public abstract string TextOf(object key);

    /// <summary>A resource as the JSON text that its row holds, fit to be read and queried by a person.</summary>
    public abstract string Write(object value);

    /// <summary>The resource in a row of <see cref="Version"/>.</summary>
    /// <exception cref="JsonException">It is none that this program understands, or another than the row's key promises.</exception>
    public abstract object Read(string key, string document);

    /// <summary>Changes a document of an older version into one of <see cref="Version"/>.</summary>
    public abstract void MoveForward(JsonObject document, int version);

    /// <summary>The secrets in it, each with the id that it was sealed with.</summary>
    public abstract IEnumerable<(string Owner, SealedText Text)> SecretsIn(object value);

    internal abstract ResourceCollection Collect(IEnumerable<object> values);

    internal abstract object KeyIn(object value);

    internal abstract int CompareKeys(object key, object other);

    internal abstract IEnumerable<Use> UsesOf(object value);

    internal abstract string? ArnOf(object value);

    internal abstract IEnumerable<IPAddress> AddressesOf(object value, string hostName);

    internal abstract bool IsInternalOf(object value);

    internal abstract bool ListensOn(object value, int port, Snapshot snapshot);

    internal abstract NetworkPlace? PlaceOf(object value);

    internal abstract IEnumerable<string> InstancesOf(object value, DateTimeOffset now);
}

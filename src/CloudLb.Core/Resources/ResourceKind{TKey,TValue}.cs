using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CloudLb.Core.Resources;

/// <inheritdoc cref="ResourceKind"/>
/// <typeparam name="TKey">Compared by content, and ordered; text in ordinal order.</typeparam>
/// <typeparam name="TValue">An immutable record, compared by content.</typeparam>
public sealed class ResourceKind<TKey, TValue>(string name) : ResourceKind(name)
    where TKey : class
    where TValue : class
{
    /// <summary>The order of a collection.</summary>
    internal static readonly IComparer<TKey> Order =
        typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)StringComparer.Ordinal : Comparer<TKey>.Default;

    public required Func<TValue, TKey> KeyOf { get; init; }

    public required Func<TKey, string> KeyText { get; init; }

    /// <summary>The other way; throws ArgumentException or FormatException for what is no key.</summary>
    public required Func<string, TKey> ParseKey { get; init; }

    /// <summary>How a resource is written as a document; see <see cref="ResourceDocuments"/>.</summary>
    public required JsonTypeInfo<TValue> Document { get; init; }

    /// <summary>
    /// What changes a document of version 1 into one of 2, that into one of 3, and so on. A step that was released stays as it is.
    /// </summary>
    public IReadOnlyList<Action<JsonObject>> Steps { get; init; } = [];

    public IReadOnlyList<ResourceIndex<TKey, TValue>> Indexes { get; init; } = [];

    /// <summary>What is answered for a key that there is none by.</summary>
    public Func<TKey, Exception> NotFound { get; init; } = key => new KeyNotFoundException($"There is no {name} {key}.");

    /// <summary>The addresses, certificates and target groups that it uses; held in an index.</summary>
    public Func<TValue, IEnumerable<Use>> Uses { get; init; } = _ => [];

    /// <summary>Where a host name of its leads to; null where that is all addresses that it uses.</summary>
    public Func<TValue, string, IEnumerable<IPAddress>>? Named { get; init; }

    /// <summary>Whether its addresses are for its own networks alone.</summary>
    public Func<TValue, bool> IsInternal { get; init; } = _ => false;

    /// <summary>The ports that it listens on at its addresses, given everything there is too.</summary>
    public Func<TValue, Snapshot, IEnumerable<int>> Ports { get; init; } = (_, _) => [];

    /// <summary>The ids of the instances that it sends traffic to at a time, those that drain still included.</summary>
    public Func<TValue, DateTimeOffset, IEnumerable<string>> Instances { get; init; } = (_, _) => [];

    /// <summary>Where it is in a VPC; null outside one.</summary>
    public Func<TValue, NetworkPlace?> Place { get; init; } = _ => null;

    /// <summary>What it is called where its use of another resource stands in that one's way; null for what has no ARN.</summary>
    public Func<TValue, string?> Arn { get; init; } = _ => null;

    /// <summary>The secrets in it, each with the id that it was sealed with.</summary>
    public Func<TValue, IEnumerable<(string Owner, SealedText Text)>> Secrets { get; init; } = _ => [];

    public override int Version => Steps.Count + 1;

    public override string TextOf(object key) => KeyText((TKey)key);

    public override string Write(object value) => JsonSerializer.Serialize((TValue)value, Document);

    public override object Read(string key, string document)
    {
        try
        {
            var value = JsonSerializer.Deserialize(document, Document) ?? throw new JsonException("The document is null.");
            return KeyText(KeyOf(value)) == key ? value : throw new JsonException($"It is of another one, {KeyOf(value)}.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or ServiceException)
        {
            // The converters of the domain's own types throw what their constructors and parsers throw.
            throw new JsonException($"The document of the {Name} {key} cannot be read: {exception.Message}", exception);
        }
    }

    public override void MoveForward(JsonObject document, int version)
    {
        foreach (var step in Steps.Skip(version - 1))
        {
            step(document);
        }
    }

    public override IEnumerable<(string Owner, SealedText Text)> SecretsIn(object value) => Secrets((TValue)value);

    internal override ResourceCollection Collect(IEnumerable<object> values) =>
        ResourceCollection<TKey, TValue>.Of(this, values.Cast<TValue>());

    internal override object KeyIn(object value) => KeyOf((TValue)value);

    internal override int CompareKeys(object key, object other) => Order.Compare((TKey)key, (TKey)other);

    internal override IEnumerable<Use> UsesOf(object value) => Uses((TValue)value);

    internal override string? ArnOf(object value) => Arn((TValue)value);

    internal override IEnumerable<IPAddress> AddressesOf(object value, string hostName) => Named?.Invoke((TValue)value, hostName)
        ?? UsesOf(value).Where(use => use.What == Used.Address).Select(use => (IPAddress)use.Id);

    internal override bool IsInternalOf(object value) => IsInternal((TValue)value);

    internal override bool ListensOn(object value, int port, Snapshot snapshot) => Ports((TValue)value, snapshot).Contains(port);

    internal override NetworkPlace? PlaceOf(object value) => Place((TValue)value);

    internal override IEnumerable<string> InstancesOf(object value, DateTimeOffset now) => Instances((TValue)value, now);
}

namespace CloudLb.AwsApi.Shapes;

/// <summary>
/// A value as it came, a whole message to begin with: what it is taken for is the reader's business, how it is spelled the protocol's.
/// </summary>
internal abstract class WireValue
{
    /// <summary>Whether it counts as absent where anything but a text or a list is expected.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>What follows the number of an element where messages name its place.</summary>
    public virtual string ItemStep => ".member";

    /// <summary>The text of a single value, whatever its type; null of a structure or a list.</summary>
    public abstract string? Scalar { get; }

    /// <summary>A member of a structure; null when it is absent. Of names that nobody asks for nothing is said, as at AWS.</summary>
    /// <param name="isFlat">Whether it is a list or map without an element of its own around it.</param>
    public abstract WireValue? Member(string name, bool isFlat = false);

    /// <summary>Null when it counts as absent.</summary>
    /// <exception cref="WireException">It is no text.</exception>
    public abstract string? Text();

    public abstract bool TryInt64(out long value);

    public abstract bool TryDouble(out double value);

    public abstract bool TryBoolean(out bool value);

    public abstract bool TryTimestamp(out DateTimeOffset value);

    public abstract bool TryBlob(out ReadOnlyMemory<byte> value);

    /// <exception cref="WireException">As a whole message it is none.</exception>
    public virtual void ExpectMessage() => ExpectStructure();

    /// <exception cref="WireException">It is a single value or a list.</exception>
    public abstract void ExpectStructure();

    /// <exception cref="WireException">It is no list.</exception>
    public abstract IReadOnlyList<WireValue> Items(in ListForm form);

    /// <exception cref="WireException">It is no map.</exception>
    public abstract IReadOnlyList<KeyValuePair<string, WireValue>> Entries(in MapForm form);

    /// <summary>As it stands in AWS's messages where it is a list or a map.</summary>
    public abstract string Told(in ListForm form);

    /// <summary>What to say of a value of another type.</summary>
    public abstract WireException NotA(string type, string path);
}

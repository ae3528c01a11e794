namespace CloudLb.AwsApi.Shapes;

/// <summary>
/// Writes the members of a structure in the form of one protocol. Null is left out; an empty list is written where the protocol can.
/// </summary>
public abstract class ShapeWriter
{
    private protected ShapeWriter()
    {
    }

    public abstract void String(ReadOnlySpan<byte> name, string? value);

    public void Int32(ReadOnlySpan<byte> name, int? value) => Int64(name, value);

    public abstract void Int64(ReadOnlySpan<byte> name, long? value);

    public abstract void Double(ReadOnlySpan<byte> name, double? value);

    public abstract void Boolean(ReadOnlySpan<byte> name, bool? value);

    /// <summary>To the millisecond.</summary>
    public abstract void Timestamp(ReadOnlySpan<byte> name, DateTimeOffset? value);

    public abstract void Blob(ReadOnlySpan<byte> name, ReadOnlyMemory<byte>? value);

    public void Structure(ReadOnlySpan<byte> name, IShape? value)
    {
        if (value is not null)
        {
            BeginStructure(name);
            value.Write(this);
            EndStructure(name);
        }
    }

    /// <param name="name">The member's name.</param>
    /// <param name="values">Its items.</param>
    /// <param name="element">What they are.</param>
    /// <param name="item">What each is called where it has a name; nothing for <c>member</c>.</param>
    /// <param name="isFlat">Whether there is nothing around them, and each has the member's name.</param>
    public void List<T>(
        ReadOnlySpan<byte> name, IReadOnlyList<T>? values, Element<T> element, ReadOnlySpan<byte> item = default, bool isFlat = false)
    {
        if (values is null)
        {
            return;
        }

        item = isFlat ? name : item.IsEmpty ? "member"u8 : item;
        BeginList(name, item, values.Count, isFlat);
        if (values is not IWrittenXml written || !TryWritten(written, item))
        {
            for (var i = 0; i < values.Count; i++)
            {
                element.Write(this, ItemName(item, i), values[i]);
            }
        }

        EndList(name, isFlat);
    }

    /// <param name="name">The member's name.</param>
    /// <param name="values">Its entries.</param>
    /// <param name="element">What their values are.</param>
    /// <param name="form">How it is spelled.</param>
    public void Map<T>(ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? values, Element<T> element, MapForm form = default)
    {
        if (values is null)
        {
            return;
        }

        BeginMap(name, values.Count, form);
        var index = 0;
        foreach (var (key, value) in values)
        {
            element.Write(this, BeginEntry(name, key, index++, form), value);
            EndEntry(name, form);
        }

        EndMap(name, form);
    }

    internal abstract void BeginStructure(ReadOnlySpan<byte> name);

    internal abstract void EndStructure(ReadOnlySpan<byte> name);

    private protected abstract void BeginList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> item, int count, bool isFlat);

    private protected abstract void EndList(ReadOnlySpan<byte> name, bool isFlat);

    /// <summary>The name under which the item is written.</summary>
    private protected virtual ReadOnlySpan<byte> ItemName(ReadOnlySpan<byte> item, int index) => item;

    /// <summary>Whether items that were written before could be taken as they are.</summary>
    private protected virtual bool TryWritten(IWrittenXml written, ReadOnlySpan<byte> item) => false;

    private protected abstract void BeginMap(ReadOnlySpan<byte> name, int count, in MapForm form);

    /// <returns>The name under which the entry's value is written.</returns>
    private protected abstract ReadOnlySpan<byte> BeginEntry(ReadOnlySpan<byte> name, string key, int index, in MapForm form);

    private protected abstract void EndEntry(ReadOnlySpan<byte> name, in MapForm form);

    private protected abstract void EndMap(ReadOnlySpan<byte> name, in MapForm form);
}

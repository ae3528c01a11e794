namespace CloudLb.AwsApi.Shapes;

/// <content>Lists and maps.</content>
public sealed partial class ShapeReader
{
    /// <param name="name">The member's name.</param>
    /// <param name="element">What its items are.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="minLength">How many items there must be.</param>
    /// <param name="maxLength">How many there may be.</param>
    /// <param name="item">What each is called where it has a name; null for <c>member</c>.</param>
    /// <param name="isFlat">Whether there is nothing around them, and each has the member's name.</param>
    public IReadOnlyList<T>? List<T>(
        string name, Element<T> element, bool required = false, int? minLength = null, int? maxLength = null,
        string? item = null, bool isFlat = false)
    {
        if (_value.Member(name, isFlat) is not { } value)
        {
            Require(name, required);
            return null;
        }

        var form = new ListForm(item, isFlat);
        var place = new ShapeReader(value, this, name, null, _violations);
        var items = value.Items(form);
        if (items.Count < minLength || items.Count > maxLength)
        {
            CheckLength(name, items.Count, minLength, maxLength, value.Told(form));
        }

        var values = place.ReadItems(items, element);
        CheckEach(name, values, element, "Member", value, form);
        return values;
    }

    /// <param name="name">The member's name.</param>
    /// <param name="element">What its values are.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="minLength">How many entries there must be.</param>
    /// <param name="maxLength">How many there may be.</param>
    /// <param name="key">What is asked of its keys.</param>
    /// <param name="form">How it is spelled.</param>
    public IReadOnlyDictionary<string, T>? Map<T>(
        string name, Element<T> element, bool required = false, int? minLength = null, int? maxLength = null,
        Element<string>? key = null, MapForm form = default)
    {
        if (_value.Member(name, form.IsFlat) is not { } value)
        {
            Require(name, required);
            return null;
        }

        var values = new ShapeReader(value, this, name, null, _violations).ReadEntries(value, element, form);
        if (values.Count < minLength || values.Count > maxLength)
        {
            CheckLength(name, values.Count, minLength, maxLength, value.Told(default));
        }

        CheckEach(name, [.. values.Keys], key ?? Element.String, "Map keys", value, default);
        CheckEach(name, [.. values.Values], element, "Map value", value, default);
        return values;
    }

    internal T[] ReadItems<T>(WireValue list, Element<T> element, in ListForm form) => ReadItems(list.Items(form), element);

    internal Dictionary<string, T> ReadEntries<T>(WireValue map, Element<T> element, in MapForm form)
    {
        var entries = map.Entries(form);
        var values = new Dictionary<string, T>(entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            // The first of two wins, as for parameters.
            values.TryAdd(key, element.Read(value, new ElementPlace(this, 0, key)));
        }

        return values;
    }

    private T[] ReadItems<T>(IReadOnlyList<WireValue> items, Element<T> element)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = element.Read(items[i], new ElementPlace(this, i + 1, null));
        }

        return values;
    }
}

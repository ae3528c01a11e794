namespace CloudLb.AwsApi.Shapes;

/// <summary>Every kind of element that the models have.</summary>
public static class Element
{
    public static Element<string> String { get; } = new StringElement(null, null, null);

    public static Element<int> Int32 { get; } = new NumberElement<int>(
        "integer", static (WireValue value, out int number) => Narrow(value, out number),
        static (writer, name, value) => writer.Int32(name, value), null, null);

    public static Element<long> Int64 { get; } = new NumberElement<long>(
        "long", static (WireValue value, out long number) => value.TryInt64(out number),
        static (writer, name, value) => writer.Int64(name, value), null, null);

    public static Element<double> Double { get; } = new NumberElement<double>(
        "double", static (WireValue value, out double number) => value.TryDouble(out number),
        static (writer, name, value) => writer.Double(name, value), null, null);

    public static Element<bool> Boolean { get; } = new ScalarElement<bool>(
        "boolean", static (WireValue value, out bool truth) => value.TryBoolean(out truth),
        static (writer, name, value) => writer.Boolean(name, value));

    public static Element<DateTimeOffset> Timestamp { get; } = new ScalarElement<DateTimeOffset>(
        "timestamp", static (WireValue value, out DateTimeOffset time) => value.TryTimestamp(out time),
        static (writer, name, value) => writer.Timestamp(name, value));

    public static Element<ReadOnlyMemory<byte>> Blob { get; } = new ScalarElement<ReadOnlyMemory<byte>>(
        "blob", static (WireValue value, out ReadOnlyMemory<byte> blob) => value.TryBlob(out blob),
        static (writer, name, value) => writer.Blob(name, value));

    /// <summary>Texts of which the model asks something.</summary>
    public static Element<string> StringOf(int? minLength = null, int? maxLength = null, StringPattern? pattern = null) =>
        new StringElement(minLength, maxLength, pattern);

    /// <summary>Whole numbers within a range.</summary>
    public static Element<int> Int32Of(int? min = null, int? max = null) => ((NumberElement<int>)Int32).Within(min, max);

    /// <inheritdoc cref="Int32Of"/>
    public static Element<long> Int64Of(long? min = null, long? max = null) => ((NumberElement<long>)Int64).Within(min, max);

    /// <summary>Numbers within a range.</summary>
    public static Element<double> DoubleOf(double? min = null, double? max = null) => ((NumberElement<double>)Double).Within(min, max);

    public static Element<TShape> Structure<TShape>()
        where TShape : class, IShape<TShape> => StructureElement<TShape>.Instance;

    /// <summary>Lists in a list or in a map.</summary>
    public static Element<IReadOnlyList<T>> List<T>(Element<T> element, string? item = null) => new ListElement<T>(element, item);

    /// <summary>Maps in a list or in a map.</summary>
    public static Element<IReadOnlyDictionary<string, T>> Map<T>(Element<T> element, MapForm form = default) =>
        new MapElement<T>(element, form);

    internal static bool Narrow(WireValue value, out int number)
    {
        var fits = value.TryInt64(out var wide) && wide is >= int.MinValue and <= int.MaxValue;
        number = fits ? (int)wide : 0;
        return fits;
    }
}

namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class MapElement<T>(Element<T> element, MapForm form) : Element<IReadOnlyDictionary<string, T>>
{
    internal override IReadOnlyDictionary<string, T> Read(WireValue value, in ElementPlace place) =>
        place.Reader(value).ReadEntries(value, element, form);

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T> value) =>
        writer.Map(name, value, element, form);
}

namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class StructureElement<TShape> : Element<TShape>
    where TShape : class, IShape<TShape>
{
    public static readonly StructureElement<TShape> Instance = new();

    internal override TShape Read(WireValue value, in ElementPlace place)
    {
        value.ExpectStructure();
        return TShape.Read(place.Reader(value));
    }

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, TShape value) => writer.Structure(name, value);
}

namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class ScalarElement<T>(string type, TakesValue<T> take, WritesValue<T> write) : Element<T>
{
    internal override T Read(WireValue value, in ElementPlace place) => take(value, out var taken) ? taken : throw place.NotA(value, type);

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, T value) => write(writer, name, value);
}

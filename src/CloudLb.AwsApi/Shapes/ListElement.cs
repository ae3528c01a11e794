using System.Text;

namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class ListElement<T>(Element<T> element, string? item) : Element<IReadOnlyList<T>>
{
    private readonly byte[] _item = Encoding.UTF8.GetBytes(item ?? "");

    internal override IReadOnlyList<T> Read(WireValue value, in ElementPlace place) =>
        place.Reader(value).ReadItems(value, element, new ListForm(item, false));

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> value) =>
        writer.List(name, value, element, _item);
}

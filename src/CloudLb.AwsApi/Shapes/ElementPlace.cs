using System.Globalization;

namespace CloudLb.AwsApi.Shapes;

/// <summary>Where an element stands: in which list or map, and as which of its elements.</summary>
internal readonly record struct ElementPlace(ShapeReader Collection, int Number, string? Key)
{
    /// <summary>For what has members or elements of its own.</summary>
    public ShapeReader Reader(WireValue value) => Collection.Of(value, Key ?? Number.ToString(CultureInfo.InvariantCulture));

    public Exception NotA(WireValue value, string type) => Collection.NotA(value, type);
}

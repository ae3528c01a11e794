using System.Globalization;
using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes what a list, or the values of a map, is made of.</summary>
internal sealed class ElementEmitter(string patternsClass, string valuesClass)
{
    public static string TypeOf(Shape shape) => shape.Kind switch
    {
        ShapeKind.String => "string",
        ShapeKind.Int32 => "int",
        ShapeKind.Int64 => "long",
        ShapeKind.Double => "double",
        ShapeKind.Boolean => "bool",
        ShapeKind.Timestamp => "DateTimeOffset",
        ShapeKind.Blob => "ReadOnlyMemory<byte>",
        ShapeKind.Structure => Names.Capital(shape.Name),
        ShapeKind.List => $"IReadOnlyList<{TypeOf(shape.Item!)}>",
        _ => $"IReadOnlyDictionary<string, {TypeOf(shape.Item!)}>",
    };

    public static string Plain(Shape shape) => shape.Kind switch
    {
        ShapeKind.Structure => $"Element.Structure<{TypeOf(shape)}>()",
        ShapeKind.List => $"Element.List({Plain(shape.Item!)}{(shape.ItemName is { } item ? $", \"{item}\"" : "")})",
        ShapeKind.Map => $"Element.Map({Plain(shape.Item!)}{(FormOf(shape) is { } form ? $", {form}" : "")})",
        var kind => $"Element.{kind}",
    };

    /// <summary>How a map is spelled; null for the usual way.</summary>
    public static string? FormOf(Shape map) => map is { KeyName: null, ValueName: null, IsFlat: false }
        ? null
        : $"new({Text(map.KeyName)}, {Text(map.ValueName)}, {(map.IsFlat ? "true" : "false")})";

    /// <summary>With what the model asks of each.</summary>
    public string Constrained(Shape shape) => !shape.HasConstraints || (!shape.IsNumber && shape.Kind != ShapeKind.String)
        ? Plain(shape)
        : $"Element.{shape.Kind}Of({Constraints(shape)[2..]})";

    /// <summary>Arguments, each after a comma.</summary>
    public string Constraints(Shape shape)
    {
        var (min, max) = shape.IsNumber ? ("min", "max") : ("minLength", "maxLength");
        return (shape.EffectiveMin is { } least ? Invariant($", {min}: {least}") : "") +
            (shape.Max is { } most ? Invariant($", {max}: {most}") : "") +
            (shape.Pattern is null && shape.Values.Count == 0
                ? ""
                : $", pattern: {(shape.Pattern is null ? valuesClass : patternsClass)}.{Names.Capital(shape.Name)}");
    }

    private static string Text(string? name) => name is null ? "null" : $"\"{name}\"";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

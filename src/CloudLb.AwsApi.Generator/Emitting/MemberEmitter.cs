using System.Globalization;
using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the lines that belong to one member of a structure.</summary>
internal sealed class MemberEmitter(string patternsClass)
{
    public static string Summary(Member member)
    {
        var words = member.IsRequired ? "Required." : "Optional.";
        var shape = member.Shape;
        var unit = shape.Kind switch
        {
            ShapeKind.String => " characters",
            ShapeKind.List => shape.Max == 1 ? " member" : " members",
            _ => "",
        };
        return words + (shape.Min, shape.Max) switch
        {
            (null, null) => "",
            ({ } min, { } max) => Invariant($" {min} to {max}{unit}."),
            ({ } min, null) => Invariant($" At least {min}{(min == 1 ? unit.TrimEnd('s') : unit)}."),
            (null, { } max) => Invariant($" At most {max}{unit}."),
        };
    }

    public static string Property(Member member)
    {
        var required = member.IsRequired ? "required " : "";
        var optional = member.IsRequired ? "" : "?";
        return $"public {required}{TypeOf(member.Shape)}{optional} {member.Name} {{ get; init; }}";
    }

    public static string WriteParameter(Member member) => $"writer.{MethodOf(member.Shape)}(\"{member.Name}\", {member.Name});";

    public static string WriteElement(Member member) => $"writer.{MethodOf(member.Shape)}(\"{member.Name}\"u8, {member.Name});";

    public static string ReadElement(Member member) => Read(member, "");

    public string ReadParameter(Member member)
    {
        var shape = member.Shape;
        var (min, max) = shape.Kind is ShapeKind.String or ShapeKind.List ? ("minLength", "maxLength") : ("min", "max");
        var constraints =
            (shape.Min is { } least and not 0 ? Invariant($", {min}: {least}") : "") +
            (shape.Max is { } most ? Invariant($", {max}: {most}") : "") +
            (shape.Pattern is null ? "" : $", pattern: {patternsClass}.{shape.Name}") +
            (shape is { Kind: ShapeKind.String, IsSensitive: true } ? ", isSecret: true" : "");
        return Read(member, constraints);
    }

    private static string Read(Member member, string constraints)
    {
        var required = member.IsRequired ? ", required: true" : "";

        // A required member that is missing fails the whole message, so the value that stands in for it is never seen.
        var standIn = (member.IsRequired, IsReference(member.Shape)) switch
        {
            (false, _) => "",
            (true, true) => "!",
            (true, false) => ".GetValueOrDefault()",
        };
        var structure = member.Shape.Kind == ShapeKind.Structure ? member.Shape : member.Shape.Item;
        var type = structure is { Kind: ShapeKind.Structure } ? $"<{structure.Name}>" : "";
        return $"{member.Name} = reader.{MethodOf(member.Shape)}{type}(\"{member.Name}\"{required}{constraints}){standIn},";
    }

    private static bool IsReference(Shape shape) => shape.Kind is ShapeKind.String or ShapeKind.Structure or ShapeKind.List;

    private static string TypeOf(Shape shape) => shape.Kind switch
    {
        ShapeKind.String => "string",
        ShapeKind.Int32 => "int",
        ShapeKind.Int64 => "long",
        ShapeKind.Boolean => "bool",
        ShapeKind.Timestamp => "DateTimeOffset",
        ShapeKind.Structure => shape.Name,
        _ => $"IReadOnlyList<{TypeOf(shape.Item!)}>",
    };

    private static string MethodOf(Shape shape) => (shape.Kind, shape.Item?.Kind) switch
    {
        (ShapeKind.List, ShapeKind.Structure) => "List",
        (ShapeKind.List, ShapeKind.String) => "StringList",
        (ShapeKind.List, ShapeKind.Int32) => "Int32List",
        (ShapeKind.List, var item) => throw new InvalidDataException($"The list {shape.Name} has members of the kind {item}, which is not supported."),
        var (kind, _) => kind.ToString(),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

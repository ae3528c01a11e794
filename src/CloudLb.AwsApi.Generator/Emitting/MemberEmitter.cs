using System.Globalization;
using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the lines that belong to one member of a structure.</summary>
internal sealed class MemberEmitter(string patternsClass, string valuesClass)
{
    private readonly ElementEmitter _elements = new(patternsClass, valuesClass);

    public static string Summary(Member member)
    {
        var words = member.IsRequired ? "Required." : "Optional.";
        var shape = member.Shape;
        var unit = shape.Kind switch
        {
            ShapeKind.String => " characters",
            ShapeKind.Blob => " bytes",
            ShapeKind.List => shape.Max == 1 ? " member" : " members",
            ShapeKind.Map => shape.Max == 1 ? " entry" : " entries",
            _ => "",
        };
        return words + (shape.Min, shape.Max) switch
        {
            (null, null) => "",
            ({ } min, { } max) => Invariant($" {min} to {max}{unit}."),
            ({ } min, null) => Invariant($" At least {min}{(min == 1 ? Singular(unit) : unit)}."),
            (null, { } max) => Invariant($" At most {max}{unit}."),
        };
    }

    public static string Property(Member member)
    {
        var required = member.IsRequired ? "required " : "";
        var optional = member.IsRequired ? "" : "?";
        return $"public {required}{ElementEmitter.TypeOf(member.Shape)}{optional} {member.Name} {{ get; init; }}";
    }

    /// <param name="member">The member.</param>
    /// <param name="isRequest">Whether it travels in requests, where a client makes up a token.</param>
    public static string Write(Member member, bool isRequest)
    {
        var shape = member.Shape;
        var value = isRequest && member.IsIdempotencyToken ? $"{member.Name} ?? IdempotencyToken.New()" : member.Name;
        var rest = shape.Kind switch
        {
            ShapeKind.List => $", {ElementEmitter.Plain(shape.Item!)}" +
                (shape.IsFlat ? ", isFlat: true" : shape.ItemName is { } item and not "member" ? $", \"{item}\"u8" : ""),
            ShapeKind.Map => $", {ElementEmitter.Plain(shape.Item!)}{(ElementEmitter.FormOf(shape) is { } form ? $", {form}" : "")}",
            _ => "",
        };
        return $"writer.{shape.Kind}(\"{member.WireName}\"u8, {value}{rest});";
    }

    /// <param name="member">The member.</param>
    /// <param name="isRequest">Whether it travels in requests, which are held against the model.</param>
    public string Read(Member member, bool isRequest)
    {
        var shape = member.Shape;
        var type = shape.Kind == ShapeKind.Structure ? $"<{ElementEmitter.TypeOf(shape)}>" : "";
        var element = shape.Item is { } item ? $", {(isRequest ? _elements.Constrained(item) : ElementEmitter.Plain(item))}" : "";
        var required = member.IsRequired ? ", required: true" : "";
        var constraints = (isRequest ? _elements.Constraints(shape) : "") +
            (isRequest && shape is { Kind: ShapeKind.String, IsSensitive: true } ? ", isSecret: true" : "");
        var spelling = shape switch
        {
            { Kind: ShapeKind.List, IsFlat: true } => ", isFlat: true",
            { Kind: ShapeKind.List, ItemName: { } name and not "member" } => $", item: \"{name}\"",
            { Kind: ShapeKind.Map } => (isRequest && shape.Key!.HasConstraints ? $", key: {_elements.Constrained(shape.Key)}" : "") +
                (ElementEmitter.FormOf(shape) is { } form ? $", form: {form}" : ""),
            _ => "",
        };

        // A required member that is missing fails the whole message, so the value that stands in for it is never seen.
        var standIn = (member.IsRequired, IsReference(shape)) switch
        {
            (false, _) => "",
            (true, true) => "!",
            (true, false) => ".GetValueOrDefault()",
        };
        return $"{member.Name} = reader.{shape.Kind}{type}(\"{member.WireName}\"{element}{required}{constraints}{spelling}){standIn},";
    }

    private static bool IsReference(Shape shape) =>
        shape.Kind is ShapeKind.String or ShapeKind.Structure or ShapeKind.List or ShapeKind.Map;

    private static string Singular(string unit) => unit == " entries" ? " entry" : unit.TrimEnd('s');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace CloudLb.Core.Expressions;

/// <summary>
/// Writes an expression so that PCRE and .NET read the same: letters and digits as they are and every other character by its number, so
/// that nothing of it has a meaning but what is written here.
/// </summary>
internal static class ExpressionWriter
{
    public static string Write(ExpressionPart part) => part switch
    {
        ExpressionPart.Letter(var set) => set.Written(),
        ExpressionPart.Sequence(var parts) =>
            string.Concat(parts.Select(each => each is ExpressionPart.Choice ? $"(?:{Write(each)})" : Write(each))),
        ExpressionPart.Choice(var parts) => string.Join('|', parts.Select(Write)),
        ExpressionPart.Group(var inner, var isKept) => $"({(isKept ? "" : "?:")}{Write(inner)})",
        ExpressionPart.Repeat(var inner, var minimum, var maximum, var isLazy) =>
            $"{Repeated(inner)}{Times(minimum, maximum)}{(isLazy ? "?" : "")}",
        ExpressionPart.Place(PlaceKind.Start) => "^",
        ExpressionPart.Place(PlaceKind.End) => "$",
        ExpressionPart.Place(PlaceKind.WordEdge) => "\\b",
        ExpressionPart.Place => "\\B",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Not a part of this version."),
    };

    private static string Repeated(ExpressionPart part) =>
        part is ExpressionPart.Letter or ExpressionPart.Group ? Write(part) : $"(?:{Write(part)})";

    private static string Times(int minimum, int? maximum) => (minimum, maximum) switch
    {
        (0, null) => "*",
        (1, null) => "+",
        (0, 1) => "?",
        (_, null) => $"{{{minimum},}}",
        _ when minimum == maximum => $"{{{minimum}}}",
        _ => $"{{{minimum},{maximum}}}",
    };
}

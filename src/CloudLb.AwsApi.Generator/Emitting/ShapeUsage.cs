using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>What the operations' messages reach: the structures inside them, and the patterns that requests are held against.</summary>
internal sealed class ShapeUsage
{
    private readonly Dictionary<Shape, Direction> _structures = new(ReferenceEqualityComparer.Instance);

    /// <summary>Ordered by name.</summary>
    public IEnumerable<(Shape Shape, Direction Direction)> Structures =>
        _structures.OrderBy(used => used.Key.Name, StringComparer.Ordinal).Select(used => (used.Key, used.Value));

    /// <summary>Shape name to pattern.</summary>
    public SortedDictionary<string, string> Patterns { get; } = new(StringComparer.Ordinal);

    /// <summary>Shape name to the values of an enumeration.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> Values { get; } = new(StringComparer.Ordinal);

    public static ShapeUsage Of(ServiceModel model)
    {
        var usage = new ShapeUsage();
        foreach (var operation in model.Operations)
        {
            usage.Visit(operation.Input, Direction.Request);
            usage.Visit(operation.Output, Direction.Response);
        }

        foreach (var error in model.Errors)
        {
            usage.Visit(error.Details, Direction.Response);
        }

        return usage;
    }

    private void Visit(IReadOnlyList<Member> members, Direction direction)
    {
        foreach (var member in members)
        {
            Visit(member.Shape, direction);
        }
    }

    private void Visit(Shape shape, Direction direction)
    {
        switch (shape.Kind)
        {
            case ShapeKind.List:
                Visit(shape.Item!, direction);
                break;

            case ShapeKind.Map:
                Visit(shape.Key!, direction);
                Visit(shape.Item!, direction);
                break;

            case ShapeKind.Structure when !_structures.GetValueOrDefault(shape).HasFlag(direction):
                _structures[shape] = _structures.GetValueOrDefault(shape) | direction;
                Visit(shape.Members, direction);
                break;

            case ShapeKind.String when shape.Pattern is { } pattern && direction == Direction.Request:
                Patterns[Names.Capital(shape.Name)] = pattern;
                break;

            case ShapeKind.String when shape.Values.Count > 0 && direction == Direction.Request:
                Values[Names.Capital(shape.Name)] = shape.Values;
                break;
        }
    }
}

using System.Globalization;
using System.Numerics;

namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class NumberElement<T>(string type, TakesValue<T> take, WritesValue<T> write, T? min, T? max) : Element<T>
    where T : struct, INumber<T>
{
    internal override string? Constraint => Join(
        max is { } most ? string.Create(CultureInfo.InvariantCulture, $"Member must have value less than or equal to {most}") : null,
        min is { } least ? string.Create(CultureInfo.InvariantCulture, $"Member must have value greater than or equal to {least}") : null);

    public NumberElement<T> Within(T? least, T? most) => new(type, take, write, least, most);

    internal override bool Satisfies(T value) => !(value < min) && !(value > max);

    internal override T Read(WireValue value, in ElementPlace place) => take(value, out var taken) ? taken : throw place.NotA(value, type);

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, T value) => write(writer, name, value);

    private static string? Join(string? first, string? second) => first is null || second is null ? first ?? second : $"{first}, {second}";
}

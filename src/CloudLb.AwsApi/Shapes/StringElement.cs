namespace CloudLb.AwsApi.Shapes;

/// <inheritdoc/>
internal sealed class StringElement(int? minLength, int? maxLength, StringPattern? pattern) : Element<string>
{
    internal override string? Constraint => Told() is { Count: > 0 } told ? string.Join(", ", told) : null;

    internal override bool Satisfies(string value) =>
        !(value.Length < minLength) && !(value.Length > maxLength) && pattern?.IsMatch(value) != false;

    internal override string Read(WireValue value, in ElementPlace place) => value.Text() ?? "";

    internal override void Write(ShapeWriter writer, ReadOnlySpan<byte> name, string value) => writer.String(name, value);

    private List<string> Told()
    {
        var told = new List<string>();
        if (maxLength is { } most)
        {
            told.Add($"Member must have length less than or equal to {most}");
        }

        if (minLength is { } least)
        {
            told.Add($"Member must have length greater than or equal to {least}");
        }

        if (pattern is not null)
        {
            told.Add(pattern.Constraint);
        }

        return told;
    }
}

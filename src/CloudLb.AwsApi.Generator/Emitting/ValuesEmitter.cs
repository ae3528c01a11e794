namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the class that holds the values of a service's enumerations.</summary>
internal static class ValuesEmitter
{
    public static void Emit(SourceText text, string className, SortedDictionary<string, IReadOnlyList<string>> enumerations)
    {
        text.Line("/// <summary>The values of enumerations that requests are held against, by the name of their shape.</summary>")
            .Line($"internal static class {className}").Open();
        var first = true;
        foreach (var (shape, values) in enumerations)
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            var listed = string.Join(", ", values.Select(value => $"\"{value}\""));
            text.Line($"public static readonly StringPattern {shape} = StringPattern.OneOf({listed});");
        }

        text.Close();
    }
}

using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the record of one structure, with the readers and writers of the directions in which it travels.</summary>
internal sealed class RecordEmitter(MemberEmitter members)
{
    public void Emit(SourceText text, string summary, string name, IReadOnlyList<Member> structure, Direction direction)
    {
        var shapes = new List<string>();
        if (direction.HasFlag(Direction.Request))
        {
            shapes.Add($"IRequestShape<{name}>");
        }

        if (direction.HasFlag(Direction.Response))
        {
            shapes.Add($"IResponseShape<{name}>");
        }

        text.Line($"/// <summary>{summary}</summary>").Line($"public sealed record {name} : {string.Join(", ", shapes)}").Open();
        foreach (var member in structure)
        {
            text.Line($"/// <summary>{MemberEmitter.Summary(member)}</summary>").Line(MemberEmitter.Property(member)).Line();
        }

        if (direction.HasFlag(Direction.Request))
        {
            Reader(text, name, "ParameterReader", structure.Select(members.ReadParameter));
            text.Line();
            Writer(text, "FormShapeWriter", structure.Select(MemberEmitter.WriteParameter));
        }

        if (direction.HasFlag(Direction.Response))
        {
            if (direction.HasFlag(Direction.Request))
            {
                text.Line();
            }

            Reader(text, name, "ResponseReader", structure.Select(MemberEmitter.ReadElement));
            text.Line();
            Writer(text, "ResponseWriter", structure.Select(MemberEmitter.WriteElement));
        }

        text.Close();
    }

    private static void Reader(SourceText text, string name, string reader, IEnumerable<string> lines)
    {
        text.Line("/// <inheritdoc />").Line($"public static {name} Read({reader} reader) => new()").Open();
        foreach (var line in lines)
        {
            text.Line(line);
        }

        text.Close("};");
    }

    private static void Writer(SourceText text, string writer, IEnumerable<string> lines)
    {
        text.Line("/// <inheritdoc />").Line($"public void Write({writer} writer)").Open();
        foreach (var line in lines)
        {
            text.Line(line);
        }

        text.Close();
    }
}

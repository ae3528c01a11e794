using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the record of one structure, with its reader and its writer.</summary>
internal sealed class RecordEmitter(MemberEmitter members)
{
    public void Emit(SourceText text, string summary, string name, IReadOnlyList<Member> structure, Direction direction)
    {
        var isRequest = direction.HasFlag(Direction.Request);
        text.Line($"/// <summary>{summary}</summary>").Line($"public sealed record {name} : IShape<{name}>").Open();
        foreach (var member in structure)
        {
            text.Line($"/// <summary>{MemberEmitter.Summary(member)}</summary>").Line(MemberEmitter.Property(member)).Line();
        }

        text.Line("/// <inheritdoc />").Line($"public static {name} Read(ShapeReader reader) => new()").Open();
        foreach (var member in structure)
        {
            text.Line(members.Read(member, isRequest));
        }

        text.Close("};").Line().Line("/// <inheritdoc />").Line("public void Write(ShapeWriter writer)").Open();
        foreach (var member in structure)
        {
            text.Line(MemberEmitter.Write(member, isRequest));
        }

        text.Close().Close();
    }
}

using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Tests.Api.Storage;

/// <summary>A kind of resource that the tests alone have. This file is all that it takes.</summary>
internal sealed record Note
{
    public static readonly ResourceIndex<string, Note, string> ByTopic = new(note => note.Topic, note => note.Id);

    public static readonly ResourceKind<string, Note> Kind = Of();

    public required string Id { get; init; }

    public required string Topic { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The kind as a later release has it, which moved its text twice.</summary>
    public static ResourceKind<string, Note> KindWithSteps() => Of(
        document => document["words"] = document["text"]?.DeepClone(),
        document =>
        {
            document["text"] = $"{document["words"]}!";
            document.Remove("words");
        });

    private static ResourceKind<string, Note> Of(params IReadOnlyList<Action<System.Text.Json.Nodes.JsonObject>> steps) => new("note")
    {
        KeyOf = note => note.Id,
        KeyText = id => id,
        ParseKey = id => id,
        Document = NoteDocument.Form.Note,
        Indexes = [ByTopic],
        Steps = steps,
        Uses = note => note.Text.StartsWith("ASCA", StringComparison.Ordinal) ? [Use.OfCertificate(note.Text)] : [],
        Arn = note => $"arn:aws:test:::note/{note.Id}",
    };
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Note))]
internal sealed partial class NoteDocument : JsonSerializerContext
{
    public static NoteDocument Form { get; } = new(ResourceDocuments.Options());
}

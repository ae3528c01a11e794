using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>
/// Reads what describe actions have printed, from files and folders: JSON, one document or several in a file, XML, or the lines of
/// <c>eulb-describe-lbs</c>. Whoever wrote them is nobody to be trusted, so all of it has bounds.
/// </summary>
internal static class ExportFiles
{
    private const int MaxFiles = 50_000, MaxDepth = 64, MaxFolders = 16;
    private const long MaxBytes = 64 * 1024 * 1024, MaxTotalBytes = 512 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="CommandException">A file is not there, too large, or none that is understood.</exception>
    public static IEnumerable<ReadDocument> Read(IEnumerable<string> paths)
    {
        var (files, total) = (0, 0L);
        foreach (var path in paths)
        {
            var origin = Directory.Exists(path) ? Path.GetFullPath(path) : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
            foreach (var file in FilesOf(path))
            {
                var text = TextOf(file);
                total += text.Length;
                if (++files > MaxFiles || total > MaxTotalBytes)
                {
                    throw Wrong(file, $"these are more than {MaxFiles} files or {MaxTotalBytes / 1024 / 1024} MiB; import in parts.");
                }

                foreach (var document in DocumentsOf(text, file, Path.GetRelativePath(origin, file)))
                {
                    yield return document;
                }
            }
        }
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            return
            [
                .. new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions
                {
                    RecurseSubdirectories = true, MaxRecursionDepth = MaxFolders, IgnoreInaccessible = false,
                    AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
                }).Take(MaxFiles + 1).Select(file => file.FullName).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, exception.Message);
        }
    }

    private static string TextOf(string file)
    {
        try
        {
            var attributes = File.GetAttributes(file);
            if (attributes.HasFlag(FileAttributes.Device) || !File.Exists(file))
            {
                throw Wrong(file, "it is no file.");
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!stream.CanSeek || stream.Length > MaxBytes)
            {
                throw Wrong(file, $"it is no plain file, or larger than {MaxBytes / 1024 / 1024} MiB.");
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var start = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return Utf8.GetString(content.AsSpan(start));
        }
        catch (DecoderFallbackException)
        {
            throw Wrong(file, "it is no text in UTF-8.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(file, exception.Message);
        }
    }

    private static IEnumerable<ReadDocument> DocumentsOf(string text, string file, string origin)
    {
        var start = text.AsSpan().TrimStart();
        try
        {
            return start.IsEmpty ? []
                : start[0] is '{' or '[' ? Json(text, origin)
                : start[0] == '<' ? [new(XmlAnswer.Read(text), origin)]
                : EucaLines.Is(text) ? [new(EucaLines.Read(text), origin)]
                : throw Wrong(file, "it is neither JSON nor XML, nor what 'eulb-describe-lbs --show-long' prints.");
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw Wrong(file, exception.Message);
        }
    }

    private static List<ReadDocument> Json(string text, string origin)
    {
        var documents = new List<ReadDocument>();
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = MaxDepth });
        while (reader.Read())
        {
            using var parsed = JsonDocument.ParseValue(ref reader);
            var items = parsed.RootElement.ValueKind == JsonValueKind.Array
                ? parsed.RootElement.EnumerateArray().ToList() : [parsed.RootElement];
            foreach (var item in items)
            {
                documents.Add(item.ValueKind == JsonValueKind.Object
                    ? new(ObjectOf(item), documents.Count == 0 ? origin : $"{origin}#{documents.Count + 1}")
                    : throw new InvalidDataException($"it holds a JSON {item.ValueKind} where an object was expected."));
            }
        }

        return documents;
    }

    /// <summary>A copy in which no name is there twice, which reading would otherwise stumble over later.</summary>
    private static JsonObject ObjectOf(JsonElement element)
    {
        var made = new JsonObject();
        foreach (var member in element.EnumerateObject())
        {
            if (!made.TryAdd(member.Name, NodeOf(member.Value)))
            {
                throw new InvalidDataException($"the member '{member.Name}' is there twice.");
            }
        }

        return made;
    }

    private static JsonNode? NodeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectOf(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(NodeOf)]),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        _ => JsonValue.Create(element.Clone()),
    };

    private static CommandException Wrong(string file, string reason) => new($"{file} cannot be imported: {reason}", ExitCodes.WrongUse);
}

using System.Text.Json;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// Keeps the templates that were accepted, so that what is served can be written again whatever has become of the operator's files, and the
/// next CloudLb goes on with them.
/// </summary>
internal sealed class TemplateStore(string directory)
{
    private const string Applied = "applied.json", Extension = ".json";

    private static readonly TemplateJson Json = new(new JsonSerializerOptions());

    /// <summary>What was in force; nothing where that cannot be read.</summary>
    public TemplatesInForce Read()
    {
        var states = TemplatesInForce.None.States.ToBuilder();
        try
        {
            var path = Path.Combine(directory, Applied);
            var keys = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), Json.DictionaryStringString) ?? [] : [];
            foreach (var (name, key) in keys)
            {
                states[name] = new(name, Find(key), null);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // The operator's files are read next, and checked.
        }

        return TemplatesInForce.None with { States = states.ToImmutable() };
    }

    /// <summary>One that was accepted; null when it is not there any more.</summary>
    public TemplateSet? Find(string key)
    {
        try
        {
            var path = PathOf(key);
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllText(path), Json.StoredTemplates) is { } stored
                ? new(stored.Directory, stored.Template, stored.Files.Select(file => TemplateFile.Of(file.Path, file.Text)))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or TemplateException)
        {
            return null;
        }
    }

    public void Write(TemplatesInForce templates)
    {
        var sets = templates.States.Values
            .Where(state => state.Applied is not null)
            .ToDictionary(state => state.Name, state => state.Applied!);
        if (sets.Count == 0 && !Directory.Exists(directory))
        {
            return;
        }

        foreach (var set in sets.Values.Where(set => !File.Exists(PathOf(set.Key))))
        {
            var files = set.Files.Select(file => new StoredFile(file.Path, file.Text));
            var stored = new StoredTemplates(set.Directory, set.Template, [.. files]);
            PrivateFile.Write(PathOf(set.Key), JsonSerializer.Serialize(stored, Json.StoredTemplates), isDurable: false);
        }

        var keys = sets.ToDictionary(pair => pair.Key, pair => pair.Value.Key);
        PrivateFile.Write(Path.Combine(directory, Applied), JsonSerializer.Serialize(keys, Json.DictionaryStringString), isDurable: false);
    }

    /// <summary>Forgets all but those that somebody uses.</summary>
    public void Keep(IEnumerable<string> keys)
    {
        if (Directory.Exists(directory))
        {
            var used = keys.Select(PathOf).Append(Path.Combine(directory, Applied)).ToHashSet();
            foreach (var path in Directory.EnumerateFiles(directory, "*" + Extension).Where(path => !used.Contains(path)))
            {
                File.Delete(path);
            }
        }
    }

    private string PathOf(string key) => Path.Combine(directory, Path.GetFileName(key.Replace(':', '-')) + Extension);
}

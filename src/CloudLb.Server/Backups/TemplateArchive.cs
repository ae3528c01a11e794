using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CloudLb.Core;

namespace CloudLb.Server.Backups;

/// <summary>
/// The operator's templates as one file of a backup: JSON, the files by their paths. What is taken out of it are files of the folder and of
/// folders in it, with plain names, and nothing else.
/// </summary>
internal static partial class TemplateArchive
{
    public const string Name = "templates.json", Folder = "templates";

    public const long MaxLength = 16 * 1024 * 1024;

    private const int MostFiles = 1000;
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Null when there are none. A name that begins with a dot, or is no plain one, is passed over.</summary>
    /// <exception cref="IOException">There are more than a backup can have.</exception>
    public static byte[]? Pack(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, Folder);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles)))
        {
            var name = Path.GetRelativePath(folder, path);
            if (PathForm().IsMatch(name))
            {
                files.Add(name, File.ReadAllBytes(path));
            }
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(files, Form.Default.SortedDictionaryStringByteArray);
        return files.Count <= MostFiles && json.Length <= MaxLength
            ? json
            : throw new IOException($"{folder} has more than {MostFiles} files, or more than a backup can have; keep others elsewhere.");
    }

    /// <summary>Makes the folder of the file, if it is there.</summary>
    /// <param name="directory">Where a backup was taken apart.</param>
    /// <exception cref="BackupException">It has what no backup has.</exception>
    public static void Unpack(string directory)
    {
        var file = Path.Combine(directory, Name);
        if (!File.Exists(file))
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(directory, Folder)).FullName;
        foreach (var (name, content) in Parse(File.ReadAllBytes(file)))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var target = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ForOwner });
            target.Write(content);
            target.Flush(flushToDisk: true);
        }

        foreach (var made in Directory.EnumerateDirectories(folder).Append(folder))
        {
            DirectoryEntry.Flush(made);
        }

        File.Delete(file);
    }

    private static SortedDictionary<string, byte[]> Parse(byte[] json)
    {
        SortedDictionary<string, byte[]>? files;
        try
        {
            files = JsonSerializer.Deserialize(json, Form.Default.SortedDictionaryStringByteArray);
        }
        catch (JsonException)
        {
            throw BackupException.Damaged;
        }

        // No path is another one's folder.
        return files is not null && files.Count <= MostFiles
            && files.All(file => PathForm().IsMatch(file.Key) && file.Value is not null && !files.Keys.Any(
                other => other.StartsWith($"{file.Key}/", StringComparison.Ordinal)))
            ? files
            : throw new BackupException("is no backup that can be restored: it has templates that none has.");
    }

    [GeneratedRegex(@"\A([A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex PathForm();

    [JsonSerializable(typeof(SortedDictionary<string, byte[]>))]
    private sealed partial class Form : JsonSerializerContext;
}

using System.Text.Json;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// How far the source was read, and how much each spool file had by then. After a crash everything later counts as never done, and is done
/// again from there: so no line is lost, and none is twice.
/// </summary>
/// <param name="Positions">By part of the source.</param>
/// <param name="Files">By the file's name.</param>
internal sealed record Checkpoint(Dictionary<string, long> Positions, Dictionary<string, Checkpoint.FileState> Files)
{
    /// <param name="Length">Bytes that count.</param>
    /// <param name="IsClosed">Whether it waits for its delivery.</param>
    internal sealed record FileState(long Length, bool IsClosed);

    /// <summary>Null when there is none.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static Checkpoint? Read(string path) =>
        File.Exists(path)
            ? JsonSerializer.Deserialize<Checkpoint>(File.ReadAllBytes(path)) is { Positions: not null, Files: not null } read
            ? read
            : throw new JsonException("It is empty.")
            : null;

    /// <summary>Returns when it is on the disk; until then the one before is in force.</summary>
    public void Write(string path)
    {
        var temporary = $"{path}.tmp";
        using (var file = new FileStream(temporary, Spool.NewFile(FileMode.Create)))
        {
            JsonSerializer.Serialize(file, this);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}

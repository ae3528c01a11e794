using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudLb.Server.Backups;

/// <summary>What a backup says of itself, in its first entry.</summary>
internal sealed partial record BackupManifest
{
    public const string Name = "manifest.json";

    public const int MaxLength = 64 * 1024;

    private const string OurFormat = "cloudlb-backup";

    /// <summary>The form that this program writes, and the newest that it reads.</summary>
    public const int Newest = 1;

    public string Format { get; init; } = OurFormat;

    /// <summary>Goes up when an older program would read the file wrongly.</summary>
    public int Version { get; init; } = Newest;

    /// <summary>The version of the CloudLb that wrote it.</summary>
    public string? Program { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>In the order in which they follow.</summary>
    public IReadOnlyList<BackupEntry> Files { get; init; } = [];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.BackupManifest);

    /// <exception cref="BackupException">It is none that this program can read.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> json)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, Json.Default.BackupManifest);
        }
        catch (JsonException)
        {
            throw BackupException.None;
        }

        if (manifest?.Format != OurFormat
            || manifest.Files is null
            || manifest.Files.Any(file => file?.Name is null || file.Sha256 is null))
        {
            throw BackupException.None;
        }

        return manifest.Version is >= 1 and <= Newest
            ? manifest
            : throw new BackupException(
                $"was written by a newer CloudLb (form {manifest.Version}; this one knows {Newest}). Restore it with that one.");
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
    [JsonSerializable(typeof(BackupManifest))]
    private sealed partial class Json : JsonSerializerContext;
}

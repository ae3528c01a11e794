using System.Formats.Tar;
using System.Security.Cryptography;
using CloudLb.Server.Backups;

namespace CloudLb.Tests.Unit.Backups;

/// <summary>Backups as others may write them.</summary>
internal static class BackupArchive
{
    public static readonly byte[] Database = [.. Enumerable.Range(0, 3000).Select(number => (byte)number)];

    public static readonly byte[] Key = "a key\n"u8.ToArray();

    /// <summary>One as <c>cloudlb backup</c> makes it.</summary>
    public static byte[] Good() => Of(("cloudlb.db", Database), ("certificates.key", Key));

    /// <summary>One whose manifest says what is in it.</summary>
    public static byte[] Of(params IReadOnlyList<(string Name, byte[] Content)> files) => Of(ManifestOf(files), files);

    public static byte[] Of(BackupManifest manifest, params IReadOnlyList<(string Name, byte[] Content)> files) => Tar(
    [
        .. files.Prepend((BackupManifest.Name, manifest.ToJson())).Select(
            file => new UstarTarEntry(TarEntryType.RegularFile, file.Item1) { DataStream = new MemoryStream(file.Item2) }),
    ]);

    public static BackupManifest ManifestOf(params IReadOnlyList<(string Name, byte[] Content)> files) =>
        new() { Files = [.. files.Select(file => new BackupEntry(file.Name, file.Content.Length, Sum(file.Content)))] };

    public static byte[] Tar(params IReadOnlyList<TarEntry> entries)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    public static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

using System.Formats.Tar;
using System.Reflection;
using System.Security.Cryptography;
using CloudLb.Core;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server.Backups;

/// <summary>
/// Writes what a data directory keeps into one file, a tar archive: the manifest, the database as it is at one moment, and the files that
/// belong to it. It is put together beside its place, in a directory for this user alone, and moved there whole.
/// </summary>
internal static class BackupWriter
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>What is in it.</returns>
    /// <exception cref="DatabaseRefusedException">The database cannot be copied.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be read or written.</exception>
    public static BackupManifest Write(string dataDirectory, string file, TimeProvider clock)
    {
        var target = Path.GetFullPath(file);
        if (Directory.Exists(target))
        {
            throw new IOException($"{target} is a directory; name a file.");
        }

        var place = Path.GetDirectoryName(target)!;
        var work = Path.Combine(place, $".{Path.GetFileName(target)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        if (!Directory.Exists(place))
        {
            throw new IOException($"There is no directory {place}.");
        }

        Directory.CreateDirectory(work, ForOwner | UnixFileMode.UserExecute);
        try
        {
            var database = Path.Combine(work, BackedUpFile.Database);
            DatabaseCopy.Write(dataDirectory, database);
            var contents = Contents(dataDirectory, database);
            try
            {
                var manifest = new BackupManifest
                {
                    Program = typeof(BackupWriter).Assembly
                        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
                    Created = clock.GetUtcNow(),
                    Files = [.. contents.Select(one => new BackupEntry(one.Name, one.Content.Length, SumOf(one.Content)))],
                };
                var whole = Path.Combine(work, "backup");
                Write(whole, [(BackupManifest.Name, new MemoryStream(manifest.ToJson())), .. contents], manifest.Created);
                File.Move(whole, target, overwrite: true);
                DirectoryEntry.Flush(place);
                return manifest;
            }
            finally
            {
                contents.ForEach(one => one.Content.Dispose());
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Files that others may write are read once, so that what is summed is what is kept.</summary>
    private static List<(string Name, Stream Content)> Contents(string dataDirectory, string database)
    {
        var contents = new List<(string Name, Stream Content)>();
        foreach (var known in BackedUpFile.All.Where(known => known.Name != BackedUpFile.Database))
        {
            var path = Path.Combine(dataDirectory, known.Place);
            var content = known.Name == TemplateArchive.Name ? TemplateArchive.Pack(dataDirectory)
                : File.Exists(path) ? File.ReadAllBytes(path)
                : null;
            if (content is null)
            {
                continue;
            }

            contents.Add(content.Length <= known.MaxLength
                ? (known.Name, new MemoryStream(content))
                : throw new IOException($"{path} is longer than {known.MaxLength} bytes."));
        }

        var copy = File.OpenRead(database);
        contents.Insert(0, (BackedUpFile.Database, copy));
        return copy.Length <= BackedUpFile.All[0].MaxLength
            ? contents
            : throw new IOException($"The database is longer than the {BackedUpFile.All[0].MaxLength} bytes that a backup can have.");
    }

    private static string SumOf(Stream content)
    {
        var sum = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        return sum;
    }

    private static void Write(string path, IEnumerable<(string Name, Stream Content)> contents, DateTimeOffset time)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ForOwner });
        using (var archive = new TarWriter(file, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in contents)
            {
                archive.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = ForOwner, ModificationTime = time });
            }
        }

        file.Flush(flushToDisk: true);
    }
}

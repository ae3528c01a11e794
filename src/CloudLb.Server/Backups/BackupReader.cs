using System.Security.Cryptography;

namespace CloudLb.Server.Backups;

/// <summary>
/// Takes a backup apart into an empty directory. What is written has the names that backups have, no more bytes than the manifest says, and
/// its sums; the first thing that is otherwise ends it.
/// </summary>
internal sealed class BackupReader(Stream archive)
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _buffer = new byte[1 << 16];

    /// <exception cref="BackupException">It is no backup, damaged or hostile.</exception>
    /// <exception cref="IOException">The file cannot be read, or the directory not be written.</exception>
    public BackupManifest Extract(string directory)
    {
        var manifest = ReadManifest();
        Check(manifest.Files);
        foreach (var file in manifest.Files)
        {
            if (ReadHeader() != (file.Name, file.Length))
            {
                throw BackupException.Damaged;
            }

            Write(Path.Combine(directory, file.Name), file);
        }

        CheckEnd();
        return manifest;
    }

    private static void Check(IReadOnlyList<BackupEntry> files)
    {
        foreach (var file in files)
        {
            if (BackedUpFile.All.FirstOrDefault(known => known.Name == file.Name) is not { } known
                || file.Length < 0 || file.Length > known.MaxLength)
            {
                throw new BackupException("is no backup that can be restored: it has files that none has.");
            }
        }

        if (files.DistinctBy(file => file.Name).Count() != files.Count || files.All(file => file.Name != BackedUpFile.Database))
        {
            throw new BackupException("is no backup that can be restored: it has no database, or a file twice.");
        }
    }

    private BackupManifest ReadManifest()
    {
        var (name, length) = ReadHeader();
        if (name != BackupManifest.Name || length > BackupManifest.MaxLength)
        {
            throw BackupException.None;
        }

        var json = _buffer.AsSpan(0, (int)length);
        Fill(json);
        var manifest = BackupManifest.Parse(json);
        SkipZeros(TarHeader.PaddingOf(length));
        return manifest;
    }

    private (string Name, long Length) ReadHeader()
    {
        var header = _buffer.AsSpan(0, TarHeader.BlockSize);
        Fill(header);
        return TarHeader.Parse(header);
    }

    private void Write(string path, BackupEntry file)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var target = new FileStream(
            path,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ForOwner, BufferSize = 0 }))
        {
            for (var left = file.Length; left > 0;)
            {
                var part = _buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length));
                Fill(part);
                sum.AppendData(part);
                target.Write(part);
                left -= part.Length;
            }

            target.Flush(flushToDisk: true);
        }

        if (!Convert.ToHexString(sum.GetHashAndReset()).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw BackupException.Damaged;
        }

        SkipZeros(TarHeader.PaddingOf(file.Length));
    }

    /// <summary>Two blocks of zeros, and whatever zeros a program has added.</summary>
    private void CheckEnd()
    {
        SkipZeros(2 * TarHeader.BlockSize);
        while (archive.Read(_buffer) is > 0 and var count)
        {
            if (_buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                throw BackupException.Damaged;
            }
        }
    }

    private void SkipZeros(int count)
    {
        var zeros = _buffer.AsSpan(0, count);
        Fill(zeros);
        if (zeros.ContainsAnyExcept((byte)0))
        {
            throw BackupException.Damaged;
        }
    }

    private void Fill(Span<byte> part)
    {
        if (archive.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
        {
            throw BackupException.Cut;
        }
    }
}

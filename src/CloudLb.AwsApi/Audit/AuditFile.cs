namespace CloudLb.AwsApi.Audit;

/// <summary>
/// The file that audit lines go to, and those before it: <c>audit.log</c>, <c>audit.log.1</c> … the higher the older. Readable by its owner
/// alone.
/// </summary>
/// <remarks>For one caller at a time.</remarks>
internal sealed class AuditFile(string directory, string name, long maxLength, int maxFiles) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Combine(directory, name);
    private FileStream? _file;

    /// <summary>Appends whole lines: all of them or, when it throws, none.</summary>
    /// <exception cref="IOException">The disk is full, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours to write.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        // Somebody may have taken it away.
        if (_file is not null && !File.Exists(_path))
        {
            Dispose();
        }

        _file ??= Open();
        if (_file.Length > 0 && _file.Length + lines.Length > maxLength)
        {
            Dispose();
            Rotate();
            _file = Open();
        }

        var length = _file.Length;
        try
        {
            _file.Write(lines);
        }
        catch (IOException)
        {
            // A full disk may have taken half a line.
            try
            {
                _file.SetLength(length);
            }
            finally
            {
                Dispose();
            }

            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var file = new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = OwnerOnly, BufferSize = 0,
        });
        EndTornLine(file);
        return file;
    }

    /// <summary>A power cut may have left half a line; the next must not become part of it.</summary>
    private static void EndTornLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.Write("\n"u8);
            }
        }
    }

    private void Rotate()
    {
        File.Delete(Numbered(maxFiles - 1));
        for (var number = maxFiles - 2; number >= 0; number--)
        {
            if (File.Exists(Numbered(number)))
            {
                File.Move(Numbered(number), Numbered(number + 1));
            }
        }
    }

    private string Numbered(int number) => number == 0 ? _path : $"{_path}.{number}";
}

using System.Text;

namespace CloudLb.Server.Backups;

/// <summary>
/// The 512 bytes before each file of a tar archive, in the one form that backups have: ustar, a plain file, a name without directories.
/// .NET's reader would follow links, long names and extensions, none of which a backup has any business with.
/// </summary>
internal static class TarHeader
{
    public const int BlockSize = 512;

    private const int NameLength = 100, SizeOffset = 124, SizeLength = 11, SumOffset = 148, SumLength = 8, KindOffset = 156;
    private const int MagicOffset = 257, PrefixOffset = 345, PrefixLength = 155;

    /// <exception cref="BackupException">It is of another form.</exception>
    public static (string Name, long Length) Parse(ReadOnlySpan<byte> header)
    {
        var name = header[..NameLength].TrimEnd((byte)0);
        if (!header[MagicOffset..].StartsWith("ustar\0"u8)
            || header[KindOffset] != (byte)'0'
            || header.Slice(PrefixOffset, PrefixLength).ContainsAnyExcept((byte)0)
            || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            throw BackupException.None;
        }

        return Octal(header.Slice(SumOffset, SumLength)) == Sum(header)
            ? (Encoding.ASCII.GetString(name), Octal(header.Slice(SizeOffset, SizeLength)))
            : throw BackupException.Damaged;
    }

    /// <summary>The zeros behind a file that fill its last block.</summary>
    public static int PaddingOf(long length) => (int)(-length & (BlockSize - 1));

    private static long Sum(ReadOnlySpan<byte> header)
    {
        var sum = SumLength * (long)' ';
        for (var index = 0; index < BlockSize; index++)
        {
            sum += index is >= SumOffset and < SumOffset + SumLength ? 0 : header[index];
        }

        return sum;
    }

    private static long Octal(ReadOnlySpan<byte> digits)
    {
        var value = 0L;
        foreach (var digit in digits.TrimEnd("\0 "u8))
        {
            value = digit is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (uint)(digit - '0') : throw BackupException.Damaged;
        }

        return value;
    }
}

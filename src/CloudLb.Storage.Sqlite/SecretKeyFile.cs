using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Resources;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The file <c>certificates.key</c> beside the database, and what is sealed with it, private keys of certificates, secrets of access keys
/// and of clients of providers: AES-256-GCM, a nonce for each text, the id of its owner authenticated with it, so that none can be put
/// under another. A copy of the database alone gives none away.
/// </summary>
internal sealed class SecretKeyFile : ITextSealer, IDisposable
{
    private const string FileName = "certificates.key";
    private const int KeySize = 32;
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    private readonly AesGcm _cipher;

    /// <summary>What keys for other purposes are derived from; tells nothing of the key of the file.</summary>
    private readonly byte[] _derivation;

    // One AesGcm must not be used by two threads at once: what is right would be told as damaged, or what is sealed would be wrong.
    private readonly Lock _using = new();

    private SecretKeyFile(string path, byte[] key)
    {
        Path = path;
        _cipher = new(key, TagSize);
        _derivation = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeySize, info: "derivation"u8.ToArray());
        CryptographicOperations.ZeroMemory(key);
    }

    public string Path { get; }

    public static string PathIn(string dataDirectory) => System.IO.Path.Combine(System.IO.Path.GetFullPath(dataDirectory), FileName);

    /// <summary>Reads the file, or makes it where there is none and nothing was sealed yet.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="isNeeded">Whether something was sealed already.</param>
    /// <exception cref="DatabaseRefusedException">It is missing and needed, or cannot be used. Nothing was written.</exception>
    public static SecretKeyFile Open(string directory, bool isNeeded)
    {
        var path = PathIn(directory);
        try
        {
            if (!File.Exists(path))
            {
                return isNeeded ? throw Lost(path) : new(path, Make(path));
            }

            File.SetUnixFileMode(path, ForOwner);
            return new(path, Parse(File.ReadAllText(path)) ?? throw Unfit(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"{path} cannot be used: {exception.Message}", exception);
        }
    }

    public SealedText Seal(string owner, string text)
    {
        var clear = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceSize + TagSize + clear.Length];
        var nonce = sealedText.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        lock (_using)
        {
            _cipher.Encrypt(
                nonce, clear, sealedText.AsSpan(NonceSize + TagSize), sealedText.AsSpan(NonceSize, TagSize),
                Encoding.ASCII.GetBytes(owner));
        }

        CryptographicOperations.ZeroMemory(clear);
        return new([.. sealedText]);
    }

    /// <exception cref="DatabaseRefusedException">It was sealed under another key, or is damaged.</exception>
    public string Unseal(string owner, SealedText text)
    {
        try
        {
            var sealedText = text.Bytes.AsSpan();
            var clear = new byte[Math.Max(0, sealedText.Length - NonceSize - TagSize)];
            lock (_using)
            {
                _cipher.Decrypt(
                    sealedText[..NonceSize], sealedText[(NonceSize + TagSize)..], sealedText.Slice(NonceSize, TagSize), clear,
                    Encoding.ASCII.GetBytes(owner));
            }

            return Encoding.UTF8.GetString(clear);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Unfit(Path);
        }
    }

    public byte[] Derive(string purpose) => HMACSHA256.HashData(_derivation, Encoding.UTF8.GetBytes(purpose));

    public void Dispose() => _cipher.Dispose();

    private static byte[] Make(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var temporary = path + ".tmp";
        using (var file = new FileStream(
            temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = ForOwner }))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            file.Flush(flushToDisk: true);
        }

        // Not over another one: whatever has come to be there meanwhile is not ours to replace.
        File.Move(temporary, path, overwrite: false);
        return key;
    }

    private static byte[]? Parse(string text)
    {
        var key = new byte[KeySize];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeySize ? key : null;
    }

    private static DatabaseRefusedException Lost(string path) => new(
        $"{path} is missing, and without it the private keys of the server certificates and the secret access keys in the database " +
        "cannot be read. Nothing was changed: put a copy of it back, or move the database away and run 'cloudlb database accept' to " +
        "start without load balancers and certificates.");

    private static DatabaseRefusedException Unfit(string path) => new(
        $"{path} is not the key that the private keys of the server certificates and the secret access keys in the database were " +
        "encrypted with, or one of the two is damaged. Nothing was changed: put back a copy of the file and the database that belong " +
        "together.");
}

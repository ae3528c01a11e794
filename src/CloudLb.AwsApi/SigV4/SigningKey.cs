using System.Security.Cryptography;
using System.Text;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The key that a secret gives for one day, region and service.</summary>
/// <remarks>
/// It keeps OpenSSL's state of a key that is set up, as many as were used at once: to find the algorithm and to set it up for each
/// signature takes more than twice the time.
/// </remarks>
internal sealed class SigningKey
{
    /// <summary>States that are kept. Who finds none free makes one, and lets go of it.</summary>
    private static readonly int MaxIdle = Math.Min(Environment.ProcessorCount, 8);

    private readonly byte[] _key;
    private readonly IncrementalHash?[] _idle = new IncrementalHash?[MaxIdle];

    private SigningKey(byte[] key)
    {
        _key = key;
    }

    public ReadOnlySpan<byte> Bytes => _key;

    public static SigningKey Derive(string secretAccessKey, string date, string region, string service)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes($"AWS4{secretAccessKey}"), Encoding.UTF8.GetBytes(date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(service));
        return new(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(CredentialScope.ValidTerminator)));
    }

    /// <summary>The HMAC of the text.</summary>
    /// <param name="text">A string to sign.</param>
    /// <param name="signature">Takes its <see cref="Hex.HashLength"/> bytes.</param>
    public void Sign(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        var hash = Take();
        hash.AppendData(text);
        hash.GetHashAndReset(signature);
        GiveBack(hash);
    }

    private IncrementalHash Take()
    {
        foreach (ref var place in _idle.AsSpan())
        {
            if (Interlocked.Exchange(ref place, null) is { } idle)
            {
                return idle;
            }
        }

        return IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
    }

    private void GiveBack(IncrementalHash hash)
    {
        foreach (ref var place in _idle.AsSpan())
        {
            if (Interlocked.CompareExchange(ref place, hash, null) is null)
            {
                return;
            }
        }

        hash.Dispose();
    }
}

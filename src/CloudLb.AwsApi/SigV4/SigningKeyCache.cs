using System.Collections.Concurrent;

namespace CloudLb.AwsApi.SigV4;

/// <summary>Keeps derived keys: four HMACs saved for each request but the first of a key's day.</summary>
internal sealed class SigningKeyCache
{
    /// <summary>
    /// A key for each of 1,000 pairs of caller and region, some 300 bytes each and 2 KB of OpenSSL's for those in use. Whoever fills it
    /// costs others four HMACs, some 10 µs.
    /// </summary>
    private const int MaxCount = 1_000;

    private readonly ConcurrentDictionary<Entry, SigningKey> _keys = new();
    private int _count;

    public SigningKey Get(SigningCredential credential, in CredentialScope scope)
    {
        // The secret is part of what a key is found by, so a replaced secret never meets the old one's key.
        var entry = new Entry(credential.SecretAccessKey, scope.Date, scope.Region, scope.Service);
        if (_keys.TryGetValue(entry, out var known))
        {
            return known;
        }

        // Yesterday's keys need no search: when it is full it starts afresh.
        if (Interlocked.Increment(ref _count) > MaxCount)
        {
            _keys.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        var key = SigningKey.Derive(credential.SecretAccessKey, scope.Date, scope.Region, scope.Service);
        _keys[entry] = key;
        return key;
    }

    private readonly record struct Entry(string Secret, string Date, string Region, string Service);
}

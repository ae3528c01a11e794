using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.KeySets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.OpenId.KeySets;

/// <summary>
/// Keeps the last good keys in a file of the data directory, so that tokens are taken after a restart though the provider is away. It is
/// CloudLb's own, not to be edited.
/// </summary>
internal sealed class KeySetFile(string path)
{
    public const string Name = "key-sets.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <exception cref="JsonException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public IReadOnlyDictionary<KeySetId, EquatableArray<PlannedKey>> Read() => File.Exists(path)
        ? JsonSerializer.Deserialize<List<Entry>>(File.ReadAllBytes(path), Options)!
            .ToDictionary(entry => new KeySetId(entry.Account, entry.Url), entry => entry.Keys.ToEquatableArray())
        : [];

    /// <exception cref="IOException">It cannot be written; what was there before stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IEnumerable<(KeySetId Id, EquatableArray<PlannedKey> Keys)> sets)
    {
        var entries = sets.OrderBy(set => set.Id.Account).ThenBy(set => set.Id.Url, StringComparer.Ordinal)
            .Select(set => new Entry(set.Id.Account, set.Id.Url, [.. set.Keys]))
            .ToList();
        var temporary = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, entries, Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private sealed record Entry(AccountId Account, string Url, IReadOnlyList<PlannedKey> Keys);
}

using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Reads <c>inventory.json</c>: an object whose members are instance ids, each with an address and, if known, a zone:
/// <c>{ "i-0a1": { "address": "10.0.0.5", "zone": "us-east-1a" } }</c>. An address alone may stand in place of the object. The members
/// <c>instances</c>, <c>vpcs</c>, <c>subnets</c> and <c>securityGroups</c> are sections with the ids of their kind.
/// </summary>
public static class InventoryFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Throws <see cref="InventoryFileException"/>, which says what is wrong where, when the text is not an inventory.</summary>
    public static InventoryContent Parse(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutByteOrderMark(utf8), Lenient);
            return Content(new(document.RootElement, null, path));
        }
        catch (JsonException exception)
        {
            throw new InventoryFileException(
                $"{path} is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that it cannot turn into a string.
            throw new InventoryFileException($"{path} is not valid JSON: a text in it is not Unicode; save it as UTF-8.");
        }
    }

    private static InventoryContent Content(InventoryEntry file)
    {
        var instances = new Dictionary<string, InventoryInstance>();
        var vpcs = new Dictionary<string, Vpc>();
        var subnets = new Dictionary<string, Subnet>();
        var groups = new Dictionary<string, SecurityGroup>();
        foreach (var entry in file.Members("the file must be a JSON object"))
        {
            switch (entry.Name)
            {
                case "instances":
                    ReadSection(entry, instances, InventoryEntries.Instance);
                    break;
                case "vpcs":
                    ReadSection(entry, vpcs, InventoryEntries.Vpc);
                    break;
                case "subnets":
                    ReadSection(entry, subnets, InventoryEntries.Subnet);
                    break;
                case "securityGroups":
                    ReadSection(entry, groups, InventoryEntries.SecurityGroup);
                    break;
                default:
                    Add(entry, instances, InventoryEntries.Instance);
                    break;
            }
        }

        if (vpcs.Values.Count(vpc => vpc.IsDefault) > 1)
        {
            throw file.Wrong("more than one VPC is the default");
        }

        // Clients look a group up by its name and its VPC, and fail when they find two.
        return groups.Values.GroupBy(group => (group.VpcId, group.Name)).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw file.Wrong($"'{twice.First().GroupId}' and '{twice.Last().GroupId}' have one name in one VPC")
            : new()
            {
                Instances = instances.ToFrozenDictionary(),
                Vpcs = vpcs.ToFrozenDictionary(),
                Subnets = subnets.ToFrozenDictionary(),
                SecurityGroups = groups.ToFrozenDictionary(),
            };
    }

    private static void ReadSection<T>(InventoryEntry section, Dictionary<string, T> known, Func<InventoryEntry, T> read)
    {
        foreach (var entry in section.Members($"'{section.Name}' must be a JSON object whose members are ids"))
        {
            Add(entry, known, read);
        }
    }

    private static void Add<T>(InventoryEntry entry, Dictionary<string, T> known, Func<InventoryEntry, T> read)
    {
        if (!known.TryAdd(entry.Name!, read(entry)))
        {
            throw entry.Wrong($"'{entry.Name}' is listed twice");
        }
    }

    /// <summary>Some editors begin a file with a byte order mark, which JSON has no place for.</summary>
    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
}

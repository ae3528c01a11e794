using System.Text.Json;

namespace CloudLb.Core.Inventory;

/// <summary>A value of the inventory file with the name it stands under; the file itself has none.</summary>
internal readonly record struct InventoryEntry(JsonElement Value, string? Name, string Path)
{
    /// <summary>The members of an object; <paramref name="demand"/> is what is said when it is none.</summary>
    public IEnumerable<InventoryEntry> Members(string demand)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(demand);
        }

        var path = Path;
        return Value.EnumerateObject().Select(member => new InventoryEntry(member.Value, member.Name, path));
    }

    public IEnumerable<InventoryEntry> Items(string demand)
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(demand);
        }

        var (name, path) = (Name, Path);
        return Value.EnumerateArray().Select(item => new InventoryEntry(item, name, path));
    }

    /// <summary>Null when it is no text.</summary>
    public string? Text => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;

    /// <summary>Null when it is neither true nor false.</summary>
    public bool? Truth => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public InventoryFileException Wrong(string fault) => new($"{Path}: {fault}.");
}

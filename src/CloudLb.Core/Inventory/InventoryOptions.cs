using System.ComponentModel.DataAnnotations;

namespace CloudLb.Core.Inventory;

/// <summary>Where instance ids are looked up.</summary>
public sealed class InventoryOptions
{
    public const string Section = "CloudLb:Inventory";

    /// <summary>The file that says where <c>i-…</c> ids are; absent: <c>inventory.json</c> in the data directory. It need not exist.</summary>
    public string? File { get; set; }

    /// <summary>How often the file's time and size are looked at. A look is one system call.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often registered host names are resolved again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(30);
}

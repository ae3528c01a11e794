namespace CloudLb.Core.Inventory;

/// <summary>The inventory file cannot be used; the message says why and where.</summary>
public sealed class InventoryFileException(string message) : Exception(message);

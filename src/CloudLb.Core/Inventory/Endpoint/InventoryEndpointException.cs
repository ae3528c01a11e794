namespace CloudLb.Core.Inventory;

/// <summary>
/// An EC2 endpoint could not be asked. The message is for the log; it says what happened and repeats nothing that the endpoint could
/// choose.
/// </summary>
public sealed class InventoryEndpointException(string message, Exception? innerException = null) : Exception(message, innerException);

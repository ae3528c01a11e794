namespace CloudLb.Core.Traffic;

/// <summary>
/// A data plane cannot be used, or has not taken what it was given. The message is for the operator: what is wrong and what to do.
/// </summary>
public abstract class DataPlaneException(string message, Exception? innerException) : Exception(message, innerException);

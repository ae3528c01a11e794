namespace CloudLb.Storage.Sqlite;

/// <summary>
/// The database cannot be used, and was not changed. The message is for the operator: which file, what is wrong, what to do.
/// </summary>
public sealed class DatabaseRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace CloudLb.HAProxy.Runtime;

/// <summary>A process gave no answer to a command, or one that was not expected. A hand-over puts it right.</summary>
internal sealed class RuntimeException(string message, Exception? innerException = null) : Exception(message, innerException);

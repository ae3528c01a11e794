namespace CloudLb.AccessLogs.Delivery;

/// <summary>An object has more bytes than whoever asks takes.</summary>
internal sealed class ObjectTooLongException(int longest) : Exception($"The object has more than {longest} bytes.");

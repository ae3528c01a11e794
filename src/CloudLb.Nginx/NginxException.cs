using CloudLb.Core.Traffic;

namespace CloudLb.Nginx;

/// <summary>
/// nginx cannot be used, or has not taken what it was given. The message is for the operator: what is wrong and what to do.
/// </summary>
public sealed class NginxException(string message, Exception? innerException = null) : DataPlaneException(message, innerException);

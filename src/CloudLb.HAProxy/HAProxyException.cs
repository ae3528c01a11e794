using CloudLb.Core.Traffic;

namespace CloudLb.HAProxy;

/// <summary>
/// HAProxy cannot be used, or has not taken what it was given. The message is for the operator: what is wrong and what to do.
/// </summary>
public sealed class HAProxyException(string message, Exception? innerException = null) : DataPlaneException(message, innerException);

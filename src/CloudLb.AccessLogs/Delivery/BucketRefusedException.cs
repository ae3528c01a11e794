namespace CloudLb.AccessLogs.Delivery;

/// <summary>A store answers that a bucket is not there or not ours to write to.</summary>
internal sealed class BucketRefusedException(string message, Exception? inner = null) : Exception(message, inner);

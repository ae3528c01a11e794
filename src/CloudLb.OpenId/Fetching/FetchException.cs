namespace CloudLb.OpenId.Fetching;

/// <summary>A provider could not be asked, or has not answered as it should; the message is for the operator.</summary>
internal sealed class FetchException(string message, Exception? inner = null) : Exception(message, inner);

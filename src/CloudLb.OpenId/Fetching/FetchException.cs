namespace CloudLb.OpenId.Fetching;

/// <summary>A provider could not be asked, or has not answered as it should; the message is for the operator.</summary>
internal sealed class FetchException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What was answered where that is not 200; null where nothing came, or not all of it.</summary>
    public int? Status { get; init; }

    public bool IsTooLong { get; init; }
}

namespace CloudLb.Passthrough;

/// <summary>The query string for the other endpoint.</summary>
internal static class UpstreamQuery
{
    private static readonly string[] OfTheSignature =
    [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
        "X-Amz-Security-Token",
        "X-Amz-Content-Sha256",
    ];

    /// <summary>As it was sent, but for what signs a URL, however that is spelled.</summary>
    public static string WithoutSignature(string query) => string.Join('&', query.Split('&').Where(pair => !IsOfTheSignature(pair)));

    private static bool IsOfTheSignature(string pair) =>
        OfTheSignature.Contains(Uri.UnescapeDataString(pair.Split('=')[0]), StringComparer.OrdinalIgnoreCase);
}

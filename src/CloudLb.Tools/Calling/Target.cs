namespace CloudLb.Tools.Calling;

/// <summary>Where calls go, and what signs them.</summary>
internal sealed record Target(Uri Url, string Region, AccessKey Key)
{
    public required TimeSpan Patience { get; init; }

    /// <summary>The server's certificate is verified; who turns it off has said so.</summary>
    public bool VerifiesServer { get; init; } = true;
}

namespace CloudLb.Core.Traffic.Planning;

/// <summary>What becomes of a request that must show a session and shows none.</summary>
public enum WithoutSession
{
    /// <summary>The client is sent to the provider.</summary>
    SignIn = 0,

    /// <summary>The answer is 401.</summary>
    Refuse = 1,

    /// <summary>It goes on, and the member is told of nobody.</summary>
    LetThrough = 2,
}

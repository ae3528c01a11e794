using CloudLb.Core.Accounts;

namespace CloudLb.Core.SignIns;

/// <summary>How clients of an action are signed in: by which provider, and what they are given.</summary>
public sealed record SignIn
{
    /// <summary>That of the plan's gate.</summary>
    public required string Id { get; init; }

    /// <summary>The gate's.</summary>
    public required string LoadBalancer { get; init; }

    /// <summary>On whose behalf the provider is asked.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The load balancer's ARN, which signs what targets are told.</summary>
    public required string Signer { get; init; }

    public required string Issuer { get; init; }

    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string UserInfoEndpoint { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public required string Scope { get; init; }

    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>The gate's.</summary>
    public required string Cookie { get; init; }

    /// <summary>The gate's: 32 bytes in base64.</summary>
    public required string Key { get; init; }

    /// <summary>Another one, for what the provider is given along.</summary>
    public required string StateKey { get; init; }

    /// <summary>Sent along to the provider.</summary>
    public EquatableArray<KeyValuePair<string, string>> ExtraParameters { get; init; }

    /// <summary>No secret of it.</summary>
    public override string ToString() => Id;
}

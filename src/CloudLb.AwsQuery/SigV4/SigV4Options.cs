using Microsoft.AspNetCore.Authentication;

namespace CloudLb.AwsQuery.SigV4;

/// <summary>What the signature check can be told.</summary>
public sealed class SigV4Options : AuthenticationSchemeOptions
{
    /// <summary>The regions that a credential scope may name. Empty: any that is spelled as one.</summary>
    public ISet<string> Regions { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Services that have one endpoint for all regions, whose clients sign for us-east-1 wherever they are.</summary>
    public ISet<string> GlobalServices { get; } = new HashSet<string>(StringComparer.Ordinal);
}

namespace CloudLb.AwsApi.SigV4;

/// <summary>What the signature check can be told.</summary>
public sealed class SigV4Options
{
    /// <summary>The regions that a credential scope may name. Empty: any that is spelled as one.</summary>
    public ISet<string> Regions { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// What every other region that is spelled as one stands for: clients that make up a region for each process (euca2ools signs
    /// <c>undefined-PID</c>) then see one stable region. Null, the default: other regions are refused, or with no <see cref="Regions"/>
    /// stand for themselves.
    /// </summary>
    public string? RegionOfOthers { get; set; }

    /// <summary>Whether signatures of version 2 are good too: AWS has ended it nearly everywhere. Default false.</summary>
    public bool AllowsVersion2 { get; set; }

    /// <summary>The region of requests that name none, as those signed with version 2. Default <c>us-east-1</c>.</summary>
    public string DefaultRegion { get; set; } = "us-east-1";

    /// <summary>The region that requests for it belong to; null when it is refused.</summary>
    internal string? RegionFor(in CredentialScope scope)
    {
        if (!scope.HasWellFormedRegion)
        {
            return null;
        }

        var isNamed = Regions.Contains(scope.Region);
        return isNamed || (Regions.Count == 0 && RegionOfOthers is null) ? scope.Region : RegionOfOthers;
    }
}

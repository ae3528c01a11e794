namespace CloudLb.ElbV2.Domain;

/// <summary>What an ARN of this API names.</summary>
public enum ArnKind
{
    LoadBalancer,
    Listener,
    Rule,
    TargetGroup,
    TrustStore,
}

namespace CloudLb.Cli.Migration.Reading;

/// <summary>The resources of ELBv2 that are described by themselves.</summary>
internal enum V2Kind
{
    TargetGroup,
    LoadBalancer,
    Listener,
    Rule,
}

namespace CloudLb.HAProxy.Configuration;

/// <summary>What HAProxy knows of the member that it checks.</summary>
internal static class Probed
{
    /// <summary>
    /// Its address as it stands in a Host, in brackets when it is one of IPv6. Tried with 2.6.12: bc_dst is the checked server's.
    /// </summary>
    public const string Address = """bc_dst,regsub("^(.*:.*)$","[\1]")""";
}

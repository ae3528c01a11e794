namespace CloudLb.HAProxy;

/// <summary>Whose life the HAProxy processes share.</summary>
public enum HAProxyMode
{
    /// <summary>CloudLb's: a graceful stop of CloudLb ends them. For a laptop or a container.</summary>
    Child,

    /// <summary>Their own: they go on when CloudLb stops, and CloudLb finds them again when it comes back.</summary>
    Attach,
}

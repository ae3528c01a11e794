namespace CloudLb.Core;

/// <summary>What something in the data directory must be.</summary>
public enum KeptKind
{
    File,
    Directory,
    Socket,
}

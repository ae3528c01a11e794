namespace CloudLb.Server.Startup;

/// <summary>What something in the data directory must be.</summary>
internal enum KeptKind
{
    File,
    Directory,
    Socket,
}

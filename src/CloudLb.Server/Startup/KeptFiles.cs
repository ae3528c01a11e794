using CloudLb.Core;
using CloudLb.OpenId;
using CloudLb.Server.Backups;

namespace CloudLb.Server.Startup;

/// <summary>What CloudLb keeps, or is given, in its data directory.</summary>
internal static class KeptFiles
{
    /// <summary>All there are. Directories stand before what is in them.</summary>
    public static readonly IReadOnlyList<KeptFile> All =
    [
        new("lock", KeptKind.File),
        new("cloudlb.db", KeptKind.File),
        new("cloudlb.db-wal", KeptKind.File),
        new("cloudlb.db-shm", KeptKind.File),
        new("cloudlb.db.schema-*", KeptKind.File),
        new("database.record", KeptKind.File),
        new("database.accept", KeptKind.File),
        new("certificates.key", KeptKind.File),
        new("certificates.key.tmp", KeptKind.File),
        new("credentials", KeptKind.File, IsOperators: true),
        new("credentials.new", KeptKind.File),
        new("inventory.json", KeptKind.File, IsOperators: true),
        new("inventory.ec2.json", KeptKind.File),
        new("inventory.ec2.json.new", KeptKind.File),
        new(OpenIdServices.KeySetFileName, KeptKind.File),
        new($"{OpenIdServices.KeySetFileName}.new", KeptKind.File),
        new("appsettings.json", KeptKind.File, IsOperators: true),
        new("endpoint", KeptKind.File),
        new("endpoint.new", KeptKind.File),
        new("control.sock", KeptKind.Socket),
        new("audit", KeptKind.Directory),
        new("audit/*", KeptKind.File),
        new("access-log-spool", KeptKind.Directory),
        new("access-log-spool/*", KeptKind.File),
        new("access-logs", KeptKind.Directory),
        new(Restoration.Unfinished, KeptKind.Directory),
        new(Restoration.Ready, KeptKind.Directory),
        .. Composition.EngineFiles,
    ];
}

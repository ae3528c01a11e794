namespace CloudLb.Server.Startup;

/// <summary>A file or directory that CloudLb keeps, or is given, in its data directory.</summary>
/// <param name="Pattern">Below the data directory; <c>*</c> stands for any name of one level.</param>
/// <param name="Kind">What it must be where it is there.</param>
/// <param name="IsOperators">Whether somebody else may have put it there: it is only read then, whoever owns it, and may be a link.</param>
internal sealed record KeptFile(string Pattern, KeptKind Kind, bool IsOperators = false)
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
        new("appsettings.json", KeptKind.File, IsOperators: true),
        new("endpoint", KeptKind.File),
        new("endpoint.new", KeptKind.File),
        new("control.sock", KeptKind.Socket),
        new("audit", KeptKind.Directory),
        new("audit/*", KeptKind.File),
        new("access-log-spool", KeptKind.Directory),
        new("access-log-spool/*", KeptKind.File),
        new("access-logs", KeptKind.Directory),
        new("haproxy", KeptKind.Directory),
        new("haproxy/lock", KeptKind.File),
        new("haproxy/health.sock", KeptKind.Socket),
        new("haproxy/probe.cfg", KeptKind.File),
        new("haproxy/probe.cfg.tmp", KeptKind.File),
        new("haproxy/header-names", KeptKind.File),
        new("haproxy/answers.lua", KeptKind.File),
        new("haproxy/errors", KeptKind.Directory),
        new("haproxy/errors/*", KeptKind.File),
        new("haproxy/cells", KeptKind.Directory),
        new("haproxy/cells/*", KeptKind.Directory),
        .. new[] { "certificates", "pins", "access" }.SelectMany(name => new KeptFile[]
        {
            new($"haproxy/cells/*/{name}", KeptKind.Directory),
            new($"haproxy/cells/*/{name}/*", KeptKind.File),
        }),
        .. new[] { "haproxy.cfg", "next.cfg", "refused.cfg", "state", "applied.json", "unproven", "traffic.json", "pid", "listeners.map", "closed.list" }.SelectMany(name => new KeptFile[]
        {
            new($"haproxy/cells/*/{name}", KeptKind.File),
            new($"haproxy/cells/*/{name}.tmp", KeptKind.File),
        }),
    ];
}

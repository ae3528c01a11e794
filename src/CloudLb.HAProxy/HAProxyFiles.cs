using CloudLb.Core;

namespace CloudLb.HAProxy;

/// <summary>What HAProxy's data plane keeps in the server's data directory.</summary>
public static class HAProxyFiles
{
    /// <summary>All there are. Directories stand before what is in them.</summary>
    public static readonly IReadOnlyList<KeptFile> All =
    [
        new("haproxy", KeptKind.Directory),
        new("haproxy/lock", KeptKind.File),
        new("haproxy/health.sock", KeptKind.Socket),
        new("haproxy/sign-in.sock", KeptKind.Socket),
        new("haproxy/probe.cfg", KeptKind.File),
        new("haproxy/probe.cfg.tmp", KeptKind.File),
        new("haproxy/header-names", KeptKind.File),
        new("haproxy/answers.lua", KeptKind.File),
        new("haproxy/errors", KeptKind.Directory),
        new("haproxy/errors/*", KeptKind.File),
        new("haproxy/templates", KeptKind.Directory),
        new("haproxy/templates/*", KeptKind.File),
        new("haproxy/trial", KeptKind.Directory),
        new("haproxy/trial/*", KeptKind.File),
        new("haproxy/cells", KeptKind.Directory),
        new("haproxy/cells/*", KeptKind.Directory),
        new("haproxy/front", KeptKind.Directory),
        new("haproxy/front/*", KeptKind.File),
        .. new[] { "certificates", "pins", "keys", "access", "named", "trust", "rules" }.SelectMany(name => new KeptFile[]
        {
            new($"haproxy/cells/*/{name}", KeptKind.Directory),
            new($"haproxy/cells/*/{name}/*", KeptKind.File),
        }),
        .. new[]
        {
            "haproxy.cfg", "next.cfg", "refused.cfg", "state", "applied.json", "unproven", "traffic.json",
            "pid", "listeners.map", "closed.list",
        }.SelectMany(name => new KeptFile[]
        {
            new($"haproxy/cells/*/{name}", KeptKind.File),
            new($"haproxy/cells/*/{name}.tmp", KeptKind.File),
        }),
    ];
}

using CloudLb.Core;

namespace CloudLb.Nginx;

/// <summary>What nginx's data plane keeps in the server's data directory.</summary>
public static class NginxFiles
{
    /// <summary>All there are. Directories stand before what is in them.</summary>
    public static readonly IReadOnlyList<KeptFile> All =
    [
        new("nginx", KeptKind.Directory),
        new("nginx/*", KeptKind.Directory),
        .. new[] { "nginx.conf", "nginx.conf.tmp", "served.conf", "served.conf.tmp", "nginx.pid", "nginx.pid.oldbin", "errors.log" }
            .Select(name => new KeptFile($"nginx/*/{name}", KeptKind.File)),
    ];
}

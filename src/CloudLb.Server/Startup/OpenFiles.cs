using CloudLb.Core;

namespace CloudLb.Server.Startup;

/// <summary>Holds that the limit on open files lets a server run at all. With too few, .NET cannot even load what would say so.</summary>
internal static class OpenFiles
{
    /// <summary>What the data plane needs before its first listener; CloudLb itself needs some 300 and a hundred for its callers.</summary>
    private const int Fewest = 800;

    /// <summary>A sentence for the operator when there are too few; null else.</summary>
    public static string? WhyTooFew() => OpenFilesLimit.Hard() is < Fewest and var limit
        ? $"CloudLb may have {limit} open files, and needs {Fewest} at least; raise the limit (ulimit -n, or LimitNOFILE= of the service)."
        : null;
}

using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Commands;

/// <summary>The commands that make a running process know a member's certificate before the member joins. 2.6 and newer.</summary>
/// <remarks>
/// A file that servers use already keeps its effect on them whatever is committed to its name (2.6.12), so a name stands for one content.
/// </remarks>
internal static class PinCommands
{
    private const string Taken = "transaction created for CA ";
    private const string Success = "Success!";

    /// <summary>Refused when there is one already, from a process's start for instance, which is as good.</summary>
    public static string New(TrustAnchor anchor) => $"new ssl ca-file {PinLines.FileOf(anchor)}";

    public static string Set(TrustAnchor anchor) => $"set ssl ca-file {PinLines.FileOf(anchor)} <<\n{anchor.Pem.Trim()}\n";

    public static string Commit(TrustAnchor anchor) => $"commit ssl ca-file {PinLines.FileOf(anchor)}";

    public static string Accept(string pool, string fingerprint) => $"add acl {PinLines.ListOf(pool)} {Naming.Name.Checked(fingerprint)}";

    public static string Withdraw(string pool, string fingerprint) => $"del acl {PinLines.ListOf(pool)} {Naming.Name.Checked(fingerprint)}";

    public static bool IsTaken(string answer) => answer.Contains(Taken, StringComparison.Ordinal);

    public static bool IsCommitted(string answer) => answer.Contains(Success, StringComparison.Ordinal);
}

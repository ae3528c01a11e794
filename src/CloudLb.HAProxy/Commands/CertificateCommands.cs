namespace CloudLb.HAProxy.Commands;

/// <summary>
/// The commands that replace the certificate of a listener, and add and remove further ones: new handshakes have it at once, connections
/// that there are go on. 2.2 and newer.
/// </summary>
internal static class CertificateCommands
{
    private const string Taken = "Transaction created for certificate ";
    private const string Success = "Success!";
    private const string Made = "New empty certificate store ", Exists = "already exists!";
    private const string EntryGone = " deleted in crtlist ";
    private const string ThumbprintLabel = "SHA1 FingerPrint: ";

    /// <summary>An empty line would end what the command carries, and make commands of the rest.</summary>
    public static string Set(string path, string pem) =>
        $"set ssl cert {Word(path)} <<\n" +
        string.Concat(pem.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));

    public static string Commit(string path) => $"commit ssl cert {Word(path)}";

    public static string Abort(string path) => $"abort ssl cert {Word(path)}";

    public static string New(string path) => $"new ssl cert {Word(path)}";

    /// <param name="list">As it stands on the <c>bind</c> line.</param>
    /// <param name="path">The certificate's.</param>
    public static string Add(string list, string path) => $"add ssl crt-list {Word(list)} {Word(path)}";

    /// <param name="list">As it stands on the <c>bind</c> line.</param>
    /// <param name="path">The certificate's.</param>
    public static string Remove(string list, string path) => $"del ssl crt-list {Word(list)} {Word(path)}";

    public static string Delete(string path) => $"del ssl cert {Word(path)}";

    public static string Show(string path) => $"show ssl cert {Word(path)}";

    /// <summary>
    /// The thumbprint of what a process has in the place of a file, out of its answer to <see cref="Show"/>; null when it has nothing
    /// there.
    /// </summary>
    public static string? Thumbprint(string answer) =>
        answer
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith(ThumbprintLabel, StringComparison.Ordinal))?[ThumbprintLabel.Length..]
            .Trim();

    /// <summary>There is a place for a certificate, which one that went may have left.</summary>
    public static bool HasPlace(string answer) =>
        answer.Contains(Made, StringComparison.Ordinal) || answer.Contains(Exists, StringComparison.Ordinal);

    public static bool IsRemoved(string answer) => answer.Contains(EntryGone, StringComparison.Ordinal);

    public static bool IsTaken(string answer) => answer.Contains(Taken, StringComparison.Ordinal);

    public static bool IsCommitted(string answer) => answer.Contains(Success, StringComparison.Ordinal);

    /// <summary>What parts words or commands is escaped.</summary>
    private static string Word(string path) =>
        string.Concat(
            path.Select(
                character =>
                    char.IsAsciiLetterOrDigit(character) || character is '/' or '.' or ':' or '-' or '_'
                        ? $"{character}"
                        : $"\\{character}"));
}

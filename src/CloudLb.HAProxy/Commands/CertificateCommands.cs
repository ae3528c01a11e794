namespace CloudLb.HAProxy.Commands;

/// <summary>
/// The commands that replace the certificate of a listener: new handshakes have it at once, connections that there are go on. 2.2 and
/// newer.
/// </summary>
internal static class CertificateCommands
{
    private const string Taken = "Transaction created for certificate ";
    private const string Success = "Success!";
    private const string ThumbprintLabel = "SHA1 FingerPrint: ";

    /// <summary>An empty line would end what the command carries, and make commands of the rest.</summary>
    public static string Set(string path, string pem) =>
        $"set ssl cert {Word(path)} <<\n" +
        string.Concat(pem.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));

    public static string Commit(string path) => $"commit ssl cert {Word(path)}";

    public static string Abort(string path) => $"abort ssl cert {Word(path)}";

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

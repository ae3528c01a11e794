using System.Text.RegularExpressions;

namespace CloudLb.HAProxy.Executable;

/// <summary>What of CloudLb's environment HAProxy is given: what it needs, and nothing that could hold a secret.</summary>
internal static partial class ChildEnvironment
{
    // Where programs and libraries are, language and time zone, the allocator, OpenSSL's files, and what test benches preload.
    private static readonly string[] Names =
        [
            "PATH", "LANG", "LANGUAGE", "TZ", "TZDIR", "GLIBC_TUNABLES", "LD_LIBRARY_PATH", "LD_PRELOAD", "OPENSSL_CONF", "OPENSSL_MODULES",
            "SSL_CERT_FILE", "SSL_CERT_DIR",
        ];

    private static readonly string[] Starts = ["LC_", "MALLOC_", "FAKETIME", "DO_NOT_FAKE_", "NO_FAKE_"];

    /// <param name="own">CloudLb's settings among them: they are never handed on.</param>
    /// <param name="globalText">The operator's lines for HAProxy, which may name variables: <c>"$NAME"</c>, <c>"${NAME}"</c>.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Of(IEnumerable<KeyValuePair<string, string?>> own, string globalText)
    {
        var named = Variable().Matches(globalText).Select(match => match.Groups[1].Value).Concat(Names).ToHashSet(StringComparer.Ordinal);
        return own.Where(variable =>
            (named.Contains(variable.Key) || Starts.Any(start => variable.Key.StartsWith(start, StringComparison.Ordinal)))
            && !variable.Key.StartsWith("CloudLb", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\$\{?([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Variable();
}

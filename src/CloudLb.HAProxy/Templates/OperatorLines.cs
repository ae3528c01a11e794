using System.Text.RegularExpressions;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// What lines of an operator must not say, since CloudLb says it and depends on it: who listens where, who is a member, how members are
/// checked, what is logged, how processes are spoken to and stop. Meant against mistakes: an operator's lines reach whatever HAProxy can.
/// </summary>
internal static partial class OperatorLines
{
    /// <summary>How names of an operator's begin, where CloudLb has some beside them.</summary>
    private const string OperatorsOwn = "my_";

    private static readonly string[] Sections =
    [
        "global", "defaults", "frontend", "backend", "listen", "peers", "resolvers", "mailers", "cache", "userlist", "program", "ring",
        "http-errors", "log-forward", "fcgi-app", "crt-store", "traces", "acme", "crt-list", "log-profile", "healthcheck",
    ];

    private static readonly string[] OfProxies =
    [
        "mode", "log", "log-format", "log-format-sd", "log-tag", "error-log-format", "log-steps", "id", "guid", "disabled", "enabled",
        "maxconn", "capture", "declare", "option httplog", "option tcplog", "option httpslog", "option clflog", "option logasap",
        "option dontlognull",
        "option dontlog-normal", "option log-separate-errors", "option log-health-checks", "option accept-invalid-http-request",
        "option accept-invalid-http-response", "option disable-h2-upgrade", "option idle-close-on-response", "option contstats",
        "option h1-case-adjust-bogus-client", "option h1-case-adjust-bogus-server", "load-server-state-from-file",
        "server-state-file-name", "errorloc", "errorloc302", "errorloc303",
    ];

    private static readonly string[] OfFrontends = ["bind", "bind-process", "default_backend", "monitor-net", "stats"];

    private static readonly string[] OfBackends =
    [
        "server", "server-template", "default-server", "cookie", "dynamic-cookie-key", "option httpchk", "http-check", "option tcp-check",
        "tcp-check", "option external-check", "external-check", "option redis-check", "option mysql-check", "option pgsql-check",
        "option smtpchk", "option ldap-check", "option spop-check", "option ssl-hello-chk", "timeout check", "dispatch",
        "option transparent", "source", "stats",
    ];

    private static readonly string[] OfProcesses =
    [
        "nbthread", "nbproc", "thread-groups", "cpu-map", "maxconn", "stats", "uid", "gid", "user", "group", "chroot", "daemon", "pidfile",
        "master-worker", "server-state-file", "server-state-base", "crt-base", "default-path", "max-spread-checks", "spread-checks",
        "tune.bufsize", "tune.http.maxhdr", "tune.http.logurilen", "tune.maxrewrite", "h1-case-adjust-file", "h1-case-adjust",
        "hard-stop-after", "grace", "close-spread-time", "strict-limits", "ulimit-n", "node", "localpeer",
        "presetenv", "setenv", "resetenv", "unsetenv",
    ];

    /// <summary>Throws a <see cref="TemplateException"/> that names the file, the line and why.</summary>
    public static void Check(TemplateKind kind, IReadOnlyList<TemplateLine> lines)
    {
        var (isPassingOn, hash, isConsistent) = (kind != TemplateKind.Frontend, (TemplateLine?)null, false);
        foreach (var line in lines)
        {
            var words = Words(line.Text);
            isPassingOn |= line.Origin is null && words is ["use_backend", ..];
            if (line.Origin is null || words.Length == 0)
            {
                continue;
            }

            Check(kind, line, words);
            if (words[0] == "use_backend" && !isPassingOn)
            {
                throw Refusal(line, "stands before the part passing_on, which must come first");
            }

            hash = words is ["balance", ..] ? IsHash(words) ? line : null : hash;
            isConsistent |= words is ["hash-type", "consistent", ..];
        }

        if (hash is { } unstable && !isConsistent)
        {
            throw Refusal(unstable, "needs a line 'hash-type consistent' beside it, as members join and leave a running process");
        }
    }

    /// <summary>Whether HAProxy takes the word for the beginning of a section, wherever it stands in its line.</summary>
    internal static bool BeginsSection(string word) => Sections.Contains(word);

    internal static TemplateException Refusal(TemplateLine line, string why) => new($"{line.Origin}: \"{line.Text.Trim()}\" {why}.");

    internal static string[] Words(string line)
    {
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words is [['#', ..], ..] ? [] : words is ["no" or "default", .. var rest] ? rest : words;
    }

    private static void Check(TemplateKind kind, TemplateLine line, string[] words)
    {
        if (words[0][0] == '.')
        {
            throw Refusal(line, "is a condition of HAProxy's, which could leave out lines of CloudLb's; use Liquid's");
        }

        if (words[0].AsSpan().ContainsAny("\"'\\$"))
        {
            throw Refusal(line, "begins with a quoted word; write it plainly");
        }

        if (Sections.Contains(words[0]))
        {
            throw Refusal(line, "begins a section; further sections stand in sections.liquid");
        }

        var own = kind switch
        {
            TemplateKind.Global => OfProcesses,
            TemplateKind.Frontend => [.. OfProxies, .. OfFrontends],
            TemplateKind.Backend => [.. OfProxies, .. OfBackends],
            _ => (string[])[.. OfProxies, .. OfFrontends, .. OfBackends],
        };
        if (own.Contains(words[0]) || (words.Length > 1 && own.Contains($"{words[0]} {words[1]}")))
        {
            throw Refusal(line, $"is CloudLb's own to say ({words[0]})");
        }

        CheckRule(line, words);
    }

    private static void CheckRule(TemplateLine line, string[] words)
    {
        if (words[0] == "acl" && words.Length > 1 && !words[1].StartsWith(OperatorsOwn, StringComparison.Ordinal))
        {
            throw Refusal(line, $"could add to a condition of CloudLb's; begin its name with {OperatorsOwn}");
        }

        if (words[0] == "use-server" && words.Length > 1 && !words[1].Contains("%[", StringComparison.Ordinal))
        {
            throw Refusal(line, "names a member that could not leave then; write its name as %[str(NAME)]");
        }

        if (words is ["balance", "static-rr", ..])
        {
            throw Refusal(line, "takes no members that join a running process");
        }

        if (LogLevel().IsMatch(line.Text))
        {
            throw Refusal(line, "changes what is logged, which is CloudLb's own to say");
        }

        if (OwnCounters().IsMatch(line.Text))
        {
            throw Refusal(line, "uses counters of CloudLb's; yours is sc2");
        }

        if (OwnVariable().IsMatch(line.Text))
        {
            throw Refusal(line, "sets a variable that could be CloudLb's; begin its name with my_, as txn.my_name");
        }

        if (Framing().IsMatch(line.Text))
        {
            throw Refusal(line, "changes how messages are told apart, which is CloudLb's own to say");
        }
    }

    private static bool IsHash(string[] words) => words.Length > 1
        && words[1].Split('(')[0] is "source" or "uri" or "url_param" or "hdr" or "rdp-cookie" or "hash";

    // What is captured is written in the log, one after the other.
    [GeneratedRegex(@"\bset-log-level\b|^\s*(?:http-request|http-response|http-after-response|tcp-request\s+\S+)\s+capture\b")]
    private static partial Regex LogLevel();

    [GeneratedRegex(
        @"\btrack-sc[01]\b|\bsc-(?:inc|add|set)-gp[ct][01]?\([01][,)]|\bsc_(?:inc|clr)_gpc[01]?\([01][,)]" +
        @"|\bsc[01]_(?:inc|clr)_")]
    private static partial Regex OwnCounters();

    [GeneratedRegex(@"\b(?:set-var|set-var-fmt|unset-var)\((?:proc|sess|txn)\.(?!my_)")]
    private static partial Regex OwnVariable();

    [GeneratedRegex(
        @"-header\s+[""']?(?:connection|transfer-encoding|content-length|upgrade|x-cloudlb-passed-on)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Framing();
}

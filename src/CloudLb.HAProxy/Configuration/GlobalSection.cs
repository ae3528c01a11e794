namespace CloudLb.HAProxy.Configuration;

/// <summary>What holds for a cell's whole process.</summary>
internal static class GlobalSection
{
    /// <summary>What every process that reads requests has to have: <see cref="Write"/> says why.</summary>
    public const int BufferSize = 68 * 1024, MostHeaders = 1024;

    /// <summary>Left out where there is anything of an operator's, which could use that client.</summary>
    public const string WithoutAuthorities = "  httpclient.ssl.verify none";

    private const string Threads = "nbthread";

    /// <summary>The threads that a configuration of ours gives its process; null where it is none of ours.</summary>
    public static int? ThreadsIn(string configuration) =>
        configuration.AsSpan().IndexOf($"\n  {Threads} ") is >= 0 and var start
        && int.TryParse(
            configuration.AsSpan(start + Threads.Length + 4).EnumerateLines() is var lines && lines.MoveNext() ? lines.Current : "",
            out var threads)
        ? threads
        : null;

    public static void Write(ConfigText text, CommonSettings settings)
    {
        text.Section("global");
        if (settings.User is var (user, group))
        {
            text.Line("uid").Number(user);
            text.Line("gid").Number(group);
        }

        text.Line("maxconn").Number(settings.MaxConnections + Http2Lines.MoreConnections(settings));
        text.Line(Threads).Number(settings.Threads);
        text.Line("max-spread-checks").Number((long)settings.CheckSpread.TotalMilliseconds);
        text.Line("stats").Word("socket").Quoted($"unix@{settings.CommandSocket}").Constant("mode 600 level admin expose-fd listeners");
        text.Line("stats").Constant("timeout 1d");
        text.Line("server-state-file").Quoted(settings.StateFile);
        text.Line("crt-base").Quoted(settings.CertificateDirectory);
        text.Line("default-path").Word("config");

        // A head of 64 KiB, as AWS takes it, with what HAProxy adds to it and 8 bytes of its own for each field. By itself it has 16 KiB
        // and 101 fields.
        text.Line("tune.bufsize").Number(BufferSize);
        text.Line("tune.http.maxhdr").Number(MostHeaders);
        if (settings.IsLogged)
        {
            LogSections.WriteGlobal(text);
        }

        if (settings.Http2LoadBalancers > 0)
        {
            Http2Lines.WriteGlobal(text, settings);
            AgeLines.WriteGlobal(text);
        }

        text.Line("h1-case-adjust-file").Quoted(settings.HeaderNamesFile);
        if (settings.HasLua)
        {
            // A state for each thread. With one for all, a filter takes from it and gives back without its lock, and the process crashes
            // where two threads have bodies in chunks at once (2.6.12; issue 2467 of HAProxy's).
            text.Line("lua-load-per-thread").Quoted(settings.ScriptFile);
            ScriptTables.WriteGlobal(text, settings);
            NoAnswerLines.WriteGlobal(text, settings);
        }

        // Without it the DHE ciphers that a listener's policy allows are not offered (2.6).
        text.Line("tune.ssl.default-dh-param").Number(2048);
        if (settings.AsksClients)
        {
            text.Line(ClientAuthenticationWords.NoSessions).Number(0);
        }

        if (settings.GlobalText.Length > 0)
        {
            text.Block(settings.GlobalText);
        }
        else
        {
            // HAProxy's own HTTP client, which nothing here uses, would have every process read all authorities that the machine trusts: a
            // third of its start. Whatever could use it comes in the text above, and then finds it as safe as ever.
            text.Line("httpclient.ssl.verify").Word("none");
        }
    }
}

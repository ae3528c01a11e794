using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The configuration of the process that holds shared addresses: it finds the listener by a host name, in a map, and hands over what comes,
/// with the client's address before it. Listeners are servers that are added and removed while it runs, as the lines of the map are.
/// </summary>
/// <remarks>
/// A server has no weight, so that none is chosen but the one that the map names: without one the answer is 503. TLS is the listener's own.
/// </remarks>
internal static class FrontSections
{
    /// <summary>The backends that listeners are servers of.</summary>
    public const string Plain = "plain", Secure = "secure";

    private const string Sources = "sources";

    // Longer than any idle timeout, which the listeners look after. A kept connection without a request waits as long as browsers do.
    private const string Basics = """
          timeout connect 5s
          timeout client 2h
          timeout server 2h
          timeout tunnel 2h
          timeout queue 5s
          timeout http-keep-alive 75s
          retries 3
          option idle-close-on-response
          option disable-h2-upgrade
          option accept-invalid-http-response
        """;

    private const string Pool = """
          balance roundrobin
          http-reuse never
          use-server %[var(txn.to),field(2,/)] if TRUE
        """;

    /// <summary>Everything but the servers: what takes a new process when it changes.</summary>
    public static string Shape(FrontSettings settings, IEnumerable<FrontPort> ports)
    {
        var text = new ConfigText();
        WriteGlobal(text, settings);
        text.Section("defaults").Word("base");
        text.Line("mode").Word("http");
        text.Block(Basics);
        text.Line("timeout").Word("http-request").Milliseconds(settings.FirstRequestTimeout);
        foreach (var (answer, file) in ErrorFiles.Of(settings.Answers))
        {
            text.Line("errorfile").Number(answer.Status).Quoted(Path.Combine(settings.ErrorFileDirectory, file));
        }

        text.Section("backend").Word(Sources).Constant("from base");
        text.Line("stick-table").Constant("type ipv6 size 20k expire 1m store conn_cur");
        foreach (var port in ports)
        {
            WritePort(text, settings, port);
        }

        return text.ToString();
    }

    /// <summary>The whole, for a process that starts.</summary>
    public static string Whole(string shape, FrontSettings settings, IEnumerable<FrontRoute> routes)
    {
        var text = new ConfigText();
        var servers = routes.ToLookup(route => route.IsSecure);
        foreach (var isSecure in new[] { false, true })
        {
            text.Block("");
            text.Section("backend").Word(isSecure ? Secure : Plain).Constant("from base");
            text.Line("mode").Word(isSecure ? "tcp" : "http");
            text.Block(Pool);
            foreach (var route in servers[isSecure].OrderBy(route => route.Listener, StringComparer.Ordinal))
            {
                WriteServer(text.Line("server").Name(route.Listener), settings, route);
            }
        }

        return shape + text;
    }

    /// <summary>A listener, to a process that runs.</summary>
    public static IEnumerable<string> Add(FrontRoute route, FrontSettings settings)
    {
        var name = NameOf(route);
        var line = new System.Text.StringBuilder();
        WriteServer(new ConfigLine(line).Constant($"add server {name}"), settings, route, isCommand: true);
        return [line.ToString(), $"enable server {name}"];
    }

    public static string NameOf(FrontRoute route) => $"{(route.IsSecure ? Secure : Plain)}/{Name.Checked(route.Listener)}";

    private static void WriteServer(ConfigLine line, FrontSettings settings, FrontRoute route, bool isCommand = false)
    {
        var path = $"unix@{settings.Sockets.Of(route.Listener)}";

        // No load balancer takes more than half of what the process accepts; the rest of its requests waits a moment.
        (isCommand ? line.Constant(path) : line.Quoted(path))
            .Constant("weight 0 send-proxy-v2 maxconn").Number(settings.MaxConnections / 2);
    }

    private static void WriteGlobal(ConfigText text, FrontSettings settings)
    {
        text.Section("global");
        if (settings is { Sockets.User: { } user, Group: { } group })
        {
            text.Line("uid").Number(user);
            text.Line("gid").Number(group);
        }

        text.Line("maxconn").Number(settings.MaxConnections);
        text.Line("nbthread").Number(settings.Threads);
        text.Line("stats").Word("socket").Quoted($"unix@{settings.CommandSocket}").Constant("mode 600 level admin expose-fd listeners");
        text.Line("stats").Constant("timeout 1d");
        text.Line("default-path").Word("config");
        text.Line("tune.bufsize").Number(GlobalSection.BufferSize);
        text.Line("tune.http.maxhdr").Number(GlobalSection.MostHeaders);
        text.Line("h1-case-adjust-file").Quoted(settings.HeaderNamesFile);
        text.Line("httpclient.ssl.verify").Word("none");
    }

    private static void WritePort(ConfigText text, FrontSettings settings, FrontPort port)
    {
        text.Section("frontend").Word($"shared_{port.Number}").Constant("from base");
        foreach (var address in port.Addresses)
        {
            text.Line("bind").Endpoint(address, port.Number);
        }

        text.Line("tcp-request").Constant($"connection track-sc0 src table {Sources}");
        text.Line("tcp-request").Constant($"connection reject if {{ sc0_conn_cur gt {settings.MaxConnections / 2} }}");
        if (port.IsSecure)
        {
            text.Line("mode").Word("tcp");
            text.Line("tcp-request").Word("inspect-delay").Milliseconds(settings.FirstRequestTimeout);
            text.Line("tcp-request").Constant("content reject unless { req.ssl_hello_type 1 }");
            text.Line("tcp-request").Constant($"content set-var(txn.to) req.ssl_sni,lower,map_str({port.Number}.map)");
            text.Line("tcp-request").Constant("content reject unless { var(txn.to) -m found }");
            text.Line("tcp-request").Constant("content set-dst var(txn.to),field(1,/)");
        }
        else
        {
            text.Line("option").Word("h1-case-adjust-bogus-client");
            text.Line("http-request").Constant($"set-var(txn.to) req.hdr(host),host_only,lower,map_str({port.Number}.map)");
            text.Line("http-request").Constant("return status 421 unless { var(txn.to) -m found }");
            text.Line("http-request").Constant("set-dst var(txn.to),field(1,/)");
        }

        text.Line("default_backend").Word(port.IsSecure ? Secure : Plain);
    }
}

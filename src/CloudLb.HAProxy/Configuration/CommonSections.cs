using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What all load balancers of a cell share: the global section and the named defaults.</summary>
/// <remarks>
/// Rules in named defaults are stored once and not once for each load balancer. Explained line by line in the reference on HAProxy, section
/// 7.
/// </remarks>
internal static class CommonSections
{
    private const string HttpBasics = """
          mode http
          option idle-close-on-response
          option h1-case-adjust-bogus-client
        """;

    private const string IsMethodTooLong = "{ method -m len 128: }";

    /// <summary>
    /// An answer of 2xx would make a tunnel of the connection (2.6.12), in which the member reads whatever the client likes it to: past all
    /// rules, and with any header that is the load balancer's own.
    /// </summary>
    private const string IsMethodConnect = "{ method CONNECT }";

    /// <summary>Application load balancers take no request that asks to be shown as it came.</summary>
    private const string IsMethodTrace = "{ method TRACE }";

    /// <summary>Whether a method may be one of those that are refused, by one look at its length.</summary>
    private const string IsMethodRare = "{ method -m len 7 128: }";

    /// <summary>
    /// The same where TRACE is one of them, a PATCH, which is no longer, brings a body anyway, and where rules ask for paths.
    /// </summary>
    public const string IsRareOfApplication = $"{{ method -m len 5 7 128: }} or {TargetLines.HasNoPath}";

    public static void Write(ConfigText text, CommonSettings settings)
    {
        GlobalSection.Write(text, settings);
        WriteBase(text, settings);
        WriteUsual(text, settings);
        foreach (var answers in settings.OtherAnswers)
        {
            WriteStyle(text, settings, answers);
        }

        if (settings.IsLogged)
        {
            WriteLogged(text, settings);
        }

        if (settings.IsShared)
        {
            SharedLines.WriteCommon(text);
        }

        if (settings.SignInSocket is { } socket)
        {
            SessionLines.WriteCommon(text, socket);
            WriteErrorFiles(text, settings, settings.OtherAnswers.FirstOrDefault());
        }

        PassOnSections.Write(text, settings);
    }

    /// <summary>What all other defaults begin with.</summary>
    private static void WriteBase(ConfigText text, CommonSettings settings)
    {
        text.Section("defaults").Word("base");
        text.Line("mode").Word("http");
        text.Line("timeout").Constant("connect 5s");
        text.Line("timeout").Constant("client 60s");
        text.Line("timeout").Constant("server 60s");
        text.Line("retries").Number(2);
        text.Line("option").Constant("redispatch 1");
        text.Line("option").Word("log-health-checks");
        text.Line("load-server-state-from-file").Word("global");
        WriteErrorFiles(text, settings, settings.PlainAnswers);
        ShareLines.WriteTables(text, settings);
        if (settings.Http2LoadBalancers > 0)
        {
            Http2Lines.WriteTable(text, settings);
        }
    }

    /// <summary>The defaults of listeners and pools of Classic load balancers, and of whatever is not of HTTP.</summary>
    private static void WriteUsual(ConfigText text, CommonSettings settings)
    {
        foreach (var mode in DesyncLines.Modes)
        {
            text.Section("defaults").Constant($"http_listener{DesyncLines.Suffix(mode)} from base");
            WriteHttp(text, settings, mode);
        }

        text.Section("defaults").Constant("tcp_listener from base");
        text.Line("mode").Word("tcp");
        ShareLines.Write(text, settings, isHttp: false);
        WritePool(text, "http_pool", TrafficMode.Http, settings);
        WritePool(text, "tcp_pool", TrafficMode.Tcp, settings);
    }

    /// <summary>The defaults of load balancers that answer in another style, and tell members of each request by an id.</summary>
    private static void WriteStyle(ConfigText text, CommonSettings settings, PlannedAnswers answers)
    {
        foreach (var mode in DesyncLines.Modes)
        {
            var name = $"{NameOf("http_listener", answers)}{DesyncLines.Suffix(mode)}";
            Begin(name);
            WriteHttp(text, settings, mode, answers: answers);
            if (settings.AsksForPaths)
            {
                Begin($"{name}{PathLines.Suffix}");
                WriteHttp(text, settings, mode, answers: answers, hasPaths: true);
            }

            if (settings.HasOwnListeners)
            {
                Begin($"{name}{OwnListenerLines.Suffix}");
                WriteHttp(text, settings, mode, answers: answers, isOwn: true);
            }

            if (settings.IsApplicationLogged)
            {
                Begin(OwnListenerLines.LoggedNameOf(answers, mode));
                LogSections.WriteApplication(text);
                WriteHttp(text, settings, mode, LogSlot.All(settings.Threads).Count, answers, isOwn: true, isLogged: true);
            }
        }

        WritePool(text, NameOf("http_pool", answers), TrafficMode.Http, settings);
        WriteErrorFiles(text, settings, answers);

        void Begin(string section)
        {
            text.Section("defaults").Word(section).Constant("from base");
            WriteErrorFiles(text, settings, answers);
        }
    }

    /// <summary>The name of defaults for load balancers that answer in this style.</summary>
    public static string NameOf(string name, PlannedAnswers answers) =>
        answers.Style == ProxyName.PlainKind ? name : $"{name}_{Name.Checked(answers.Style)}";

    private static void WriteErrorFiles(ConfigText text, CommonSettings settings, PlannedAnswers? answers)
    {
        if (answers is not null)
        {
            foreach (var (answer, file) in ErrorFiles.Of(answers))
            {
                text.Line("errorfile").Number(answer.Status).Quoted(Path.Combine(settings.ErrorFileDirectory, file));
            }
        }
    }

    /// <summary>
    /// In this order, as most requests and answers end at <see cref="DesyncLines.WriteUsual"/>; those of listeners with rules of their own
    /// (<see cref="OwnListenerLines"/>) come to the end.
    /// </summary>
    private static void WriteHttp(
        ConfigText text, CommonSettings settings, DesyncMitigation mode, int frontends = 1, PlannedAnswers? answers = null,
        bool isOwn = false, bool isLogged = false, bool hasPaths = false)
    {
        text.Block(HttpBasics);
        ShareLines.Write(text, settings, isHttp: true, frontends);
        if (settings.Http2LoadBalancers > 0 && answers is not null)
        {
            Http2Lines.Write(text, settings);
        }

        PassOnSections.WriteAway(text);
        text.Block(OwnAnswerLines.Arrived);
        if (!isOwn)
        {
            text.Block(ForwardedLines.Address);
        }

        if (answers is not null)
        {
            AgeLines.Write(text, settings);
        }

        var only = isOwn ? DesyncLines.Only : "";
        var method = $"{only}{IsMethodTooLong} or {only}{IsMethodConnect}{(answers is null ? "" : $" or {only}{IsMethodTrace}")}";
        if (!isOwn)
        {
            DesyncLines.WriteUsual(
                text, mode, settings.IsNulRefused, answers is null ? IsMethodRare : IsRareOfApplication,
                answers is null ? OwnAnswerLines.IsOwn : OwnAnswerLines.IsError, isHttp2: answers is not null,
                isTraced: answers is not null, hasPaths, isLogged ? LogSections.UnusualRequest : null);
        }
        else
        {
            OwnListenerLines.WriteUsual(text, mode, settings.IsNulRefused, isLogged);
        }

        OwnAnswerLines.WriteListener(text, settings, answers ?? settings.PlainAnswers, isOwn);
        DesyncLines.WriteRefused(text, mode, settings.IsNulRefused, isHttp2: answers is not null, only);
        text.Line("http-request").Constant($"return status 405{(answers is null ? "" : " default-errorfiles")} if {method}");
        if (answers is not null)
        {
            TargetLines.Write(text, only);
        }

        if (hasPaths)
        {
            PathLines.WriteRare(text);
        }

        if (answers is { Server: { } server })
        {
            text.Line("http-request").Constant("return status 463 hdr Server").Quoted(server)
                .Constant($"hdr Date %[date,http_date] if {only}{ForwardedLines.IsTooMany}");
        }

        if (!isOwn)
        {
            text.Block(ForwardedLines.Joined);
        }

        DesyncLines.WriteFramed(text, mode, isOwn, hasPaths);
        text.Block(OwnAnswerLines.Missing);
        text.Block(BodyLines.Expected);

        // The process may be to finish, and the listener be closed, since the client was told that it may send.
        PassOnSections.WriteAway(text);
        PassOnSections.WriteChunked(text, settings, only);
    }

    /// <summary>The same once more for load balancers with an access log: rules of one defaults section are not another's (2.6).</summary>
    private static void WriteLogged(ConfigText text, CommonSettings settings)
    {
        var frontends = LogSlot.All(settings.Threads).Count;
        foreach (var mode in DesyncLines.Modes)
        {
            text.Section("defaults").Constant($"http_listener{DesyncLines.Suffix(mode)}_logged from base");
            text.Block(LogSections.Listener(isHttp: true));
            WriteHttp(text, settings, mode, frontends, isLogged: true);
        }

        text.Section("defaults").Constant("tcp_listener_logged from base");
        text.Line("mode").Word("tcp");
        ShareLines.Write(text, settings, isHttp: false, frontends);
        text.Block(LogSections.Listener(isHttp: false));
    }

    private static void WritePool(ConfigText text, string name, TrafficMode mode, CommonSettings settings)
    {
        text.Section("defaults").Word(name).Constant("from base");
        text.Line("mode").Word(mode == TrafficMode.Http ? "http" : "tcp");
        BalanceLines.Write(text, BalanceLines.UsualOf(mode));
        if (mode == TrafficMode.Http)
        {
            text.Line("option").Word("h1-case-adjust-bogus-server");
        }

        text.Line("log").Quoted($"unix@{settings.HealthSocket}").Constant("len 4096 format raw local1 notice");
    }
}

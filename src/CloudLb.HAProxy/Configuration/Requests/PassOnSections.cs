using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What becomes of a request on a connection that a process has kept although another one serves by now: it is passed on to that one, which
/// knows who is registered, in service and allowed at that moment. A process that finishes cannot be told: it checks no server any more,
/// and says "Proxy is disabled" to every command about one (2.6.12). And a request whose body comes in chunks is passed on by the process
/// that serves to itself, as a script sees there whether the body has ended: <see cref="OwnAnswerLines"/>.
/// </summary>
/// <remarks>
/// The finishing process has applied its listener's rules, so the serving one applies those of the pool alone. The client's address comes
/// in the PROXY line. The socket between them is the owner's alone, and the header is set anew whatever the client has sent.
/// <para>
/// What a process passes on to itself takes a second connection of those that it may have, so it does so only while less than half of what
/// is in nobody's share is used.
/// </para>
/// </remarks>
internal static class PassOnSections
{
    /// <summary>
    /// A map of the listeners that were closed while the process runs, from the names of their frontends to where their requests go; empty
    /// when it starts.
    /// </summary>
    public const string ClosedList = "closed.list";

    /// <summary>
    /// Where requests that are passed on go: the frontend's name and whether TLS is spoken there, and of what pool it is and whether it is
    /// logged.
    /// </summary>
    public const string ListenerMap = "listeners.map";

    // Longer than any idle timeout, which the listener on the one side and the pool on the other look after.
    private const string LongerThanAny = "2h";

    public const string Backend = "pass_on", Again = "pass_again";

    /// <summary>Where requests of a closed listener go.</summary>
    public const string Closed = "closed";

    /// <summary>Whether a request goes to none of its load balancer's pools here, after <see cref="WriteAway"/>.</summary>
    public const string IsAway = "{ var(txn.away) -m found }";

    private const string Frontend = "passed_on", Stopping = "{ stopping }";
    private const string Header = "x-cloudlb-passed-on";

    /// <summary>Whether a request was passed on; and the major version of HTTP that its client spoke.</summary>
    public const string IsPassedOn = "var(txn.from) -m found", Major = "var(txn.from),field(10,/)";

    // A serving process that takes the request and closes has no such listener any more: the client's connection ends without an answer.
    private const string PassOn = $$"""
          retries 3
          timeout server {{LongerThanAny}}
          timeout tunnel {{LongerThanAny}}
          http-reuse never
          option accept-invalid-http-response
          errorfile 502 /dev/null
        """;

    private const string Silent = """
          http-request set-log-level silent
        """;

    private const string Fields = "%f/%[ssl_fc]/%sslc/%sslv";

    // With what the rules of the listener have found about the connection to the instance.
    private const string FieldsByItself = $"{Fields}/again/%[var(txn.close)]";

    // A process that begins to finish between the rule and the connection has closed its socket: the request goes to the one that serves.
    private const string SelfFirst = """
          balance first
        """;

    private const string PassedOn = $$"""
          timeout client {{LongerThanAny}}
          option accept-invalid-http-request
          option disable-h2-upgrade
          http-request set-var(txn.from) req.hdr({{Header}})
          http-request set-var(txn.listener) var(txn.from),field(1,/),field(1,:,4) if { var(txn.from) -m reg ^[0-9] }
          http-request set-var(txn.listener) var(txn.from),field(1,/),field(1,:,5) unless { var(txn.listener) -m found }
          http-request set-var(txn.secure) var(txn.from),field(2,/)
          http-request set-var(txn.to) var(txn.listener),concat(/,txn.secure),map_str({{ListenerMap}})
          http-request reject unless { var(txn.to) -m found }
          http-request reject if { var(txn.listener),map_str({{ClosedList}}) -m found }
        """;

    private const string HasBody =
        "{ req.hdr(content-length) -m found } !from_itself or { req.hdr(transfer-encoding) -m found } !from_itself";

    // The connection to the instance is closed, as the process before may have wanted it: its rules have seen the request, those here have
    // not. This process itself has said what it wants.
    private const string Dispatch = $$"""
          acl from_itself var(txn.from),field(5,/) -m str again
          acl closes var(txn.from),field(6,/) -m str close
          http-request del-header {{Header}} unless { stopping }
          http-request set-header Connection close if !{ req.hdr(upgrade) -m found } !from_itself
          http-request set-header Connection close if {{HasBody}}
          http-request set-header Connection close if from_itself closes
          use_backend {{Backend}} if {{Stopping}}
        """;

    private const string Usual = """
          use_backend %[var(txn.to),field(1,/)]
        """;

    /// <summary>
    /// Rules of the listeners' defaults, before the usual request is done with them (<see cref="DesyncLines"/>): a listener that was closed
    /// takes nothing more on the connections that it has, and one that is another process's now passes it on.
    /// </summary>
    /// <remarks>
    /// By a map, not by a list of names: where no proxy uses such a section, it is thrown away with its list, which other proxies have by
    /// the same file, and the process crashes (2.6.12).
    /// </remarks>
    public static void WriteAway(ConfigText text)
    {
        text.Line("http-request").Constant($"set-var(txn.away) str({Backend}) if {Stopping}");
        text.Line("http-request").Constant($"set-var(txn.away) fe_name,map_str({ClosedList})");
    }

    /// <summary>
    /// The line of a listener by which such requests go; each line with its condition is 1 KiB, and a full cell has 256 listeners.
    /// </summary>
    /// <param name="text">What it is added to.</param>
    /// <param name="isOpen">Whether rules of the listener may wait, for a body: the process may be to finish since then.</param>
    public static void WriteListener(ConfigText text, bool isOpen)
    {
        text.Line("use_backend").Constant($"%[var(txn.away)] if {IsAway}");
        if (isOpen)
        {
            text.Line("use_backend").Word(Backend).Constant($"if {Stopping}");
        }
    }

    /// <summary>The rules of listeners by which a process passes on to itself, for requests that have bodies alone.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="settings">How many connections there may be.</param>
    /// <param name="only"><see cref="DesyncLines.Only"/>, or empty.</param>
    public static void WriteChunked(ConfigText text, CommonSettings settings, string only)
    {
        if (settings.HasLua)
        {
            text.Line("http-request").Constant($"set-var-fmt(txn.all) %ac if {only}{{ req.fhdr(transfer-encoding) -m found }}");
            text.Line("http-request")
                .Constant($"set-var(txn.away) str({Again}) if {{ var(txn.all) -m int lt {ShareLines.FreeOf(settings) / 2} }} !{IsAway}");
        }
    }

    /// <summary>
    /// Where a process that finishes passes requests on to, and where the one that serves takes them. The sources of all load balancers
    /// follow.
    /// </summary>
    public static void Write(ConfigText text, CommonSettings settings)
    {
        text.Section("backend").Word(Backend).Constant("from base");
        text.Block(PassOn);
        WriteTold(text, settings, $"{Fields}//", $" unless {{ fe_name {Frontend} }}");
        WriteNext(text, settings.NextSocket);
        text.Section("backend").Word(Again).Constant("from base");
        text.Block(PassOn);
        WriteTold(text, settings, FieldsByItself, "");
        text.Block(SelfFirst);
        WriteNext(text, settings.PassOnSocket);
        WriteNext(text, settings.NextSocket, "successor");
        text.Section("backend").Word(Closed).Constant("from base");
        text.Line("http-request").Word("reject");
        text.Section("frontend").Word(Frontend).Constant("from base");
        var bind = text.Line("bind").Quoted($"unix@{settings.PassOnSocket}").Constant("mode 600");
        if (settings.User is var (user, _))
        {
            bind.Word("uid").Number(user);
        }

        bind.Word("accept-proxy");
        if (settings.IsLogged)
        {
            var slot = LogSlot.All(settings.Threads)[0];
            bind.Word("thread").Number(slot.Thread);
            LogSections.WriteTarget(text, slot);
            text.Block(settings.IsApplicationLogged ? LogSections.ApplicationPassedOn : LogSections.PassedOn);
        }

        ShareLines.WritePassedOn(text, settings);
        OwnAnswerLines.WritePassedOn(text, settings);
        text.Block(PassedOn);
        if (settings.AsksForPaths)
        {
            PathLines.WriteTakenUp(text);
        }

        if (settings.IsLogged)
        {
            text.Block(LogSections.OfLoggedAlone);
        }

        if (settings.IsApplicationLogged)
        {
            text.Block(ConnectionLogLines.TakenUp);
        }
    }

    private static void WriteTold(ConfigText text, CommonSettings settings, string fields, string condition)
    {
        text.Block(settings.IsApplicationLogged ? ConnectionLogLines.PassedOn : Silent);
        var told = settings.IsApplicationLogged ? ConnectionLogLines.Told : "///";
        text.Line("http-request").Constant($"set-header {Header} \"{fields}{told}/%[fc_http_major]\"{condition}");
    }

    private static void WriteNext(ConfigText text, string socket, string name = "next") =>
        text.Line("server").Word(name).Quoted($"unix@{socket}").Constant("send-proxy-v2");

    /// <summary>Who may connect to the listeners of a load balancer holds for the connections that they have, too.</summary>
    public static void WriteSources(ConfigText text, LoadBalancerId loadBalancer, PlannedListener listener)
    {
        if (listener is { Mode: TrafficMode.Http, AllowedSources: { } networks })
        {
            var name = ProxyName.OfListener(loadBalancer, listener.Port);
            SourceLines.WriteList(text, name, networks);
            text.Line("http-request").Constant("reject if { var(txn.listener) -m str").Name(name)
                .Constant(networks.Count > 0 ? $"}} !{Name.Checked(name)}" : "}");
        }
    }

    /// <summary>What the section that takes what is passed on does with all of it, after the sources.</summary>
    public static void WriteDispatch(ConfigText text) => text.Block(Dispatch);

    /// <summary>Its end, after the rules of listeners that have some.</summary>
    public static void WriteUsual(ConfigText text) => text.Block(Usual);

    /// <summary>The lines of <see cref="ListenerMap"/> for a load balancer.</summary>
    public static IEnumerable<string> MapOf(PlannedLoadBalancer loadBalancer) => loadBalancer.Listeners
        .Where(listener => listener.Mode == TrafficMode.Http)
        .Select(listener => $"{ProxyName.OfListener(loadBalancer.Id, listener.Port)}/{(listener.Tls is null ? 0 : 1)} "
            + $"{RuleLines.DefaultOf(loadBalancer.Id, listener)}{(loadBalancer.IsLogged ? "/logged" : "")}");
}

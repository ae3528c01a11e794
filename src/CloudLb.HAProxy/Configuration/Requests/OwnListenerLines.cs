using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What a listener does with heads by itself, where that is not what all of its style do. Its defaults have no rule at which the usual
/// request, or its answer, would be done before.
/// </summary>
internal static class OwnListenerLines
{
    /// <summary>The end of the names of such defaults.</summary>
    public const string Suffix = "_own";

    /// <summary>Whether a listener has rules of its own.</summary>
    public static bool IsOwn(PlannedListener listener) => listener.Http is { } http
        && (PoolStickinessLines.IsSticky(listener) || http.ForwardedFor != ForwardedFor.Append || http.TellsClientPort || http.HidesServer
            || http.ResponseHeaders.Count > 0 || ClientHeaderLines.AreIn(http) || http.ClientFacts.Count > 0);

    /// <summary>Whether it needs what only load balancers with a style of their own have in common.</summary>
    public static bool IsNeeded(PlannedListener listener) => IsOwn(listener) || listener.Http is { ClientKeepAlive: not null };

    /// <summary>The defaults of listeners with rules that are logged, where every request comes to the listener's own.</summary>
    public static string LoggedNameOf(PlannedAnswers answers, DesyncMitigation mode) =>
        $"{CommonSections.NameOf("http_listener", answers)}{DesyncLines.Suffix(mode)}{Suffix}_logged";

    /// <summary>
    /// What is done to every request, after the look that tells the usual one from others, as in the defaults of listeners that have no
    /// such rules; the usual one goes on.
    /// </summary>
    /// <param name="text">What it is added to.</param>
    /// <param name="mode">The listeners' mode.</param>
    /// <param name="isNulRefused">Whether HAProxy by itself takes no header with a NUL.</param>
    /// <param name="isLogged">Whether requests are.</param>
    public static void WriteUsual(ConfigText text, DesyncMitigation mode, bool isNulRefused, bool isLogged)
    {
        DesyncLines.WriteLook(text, mode, isNulRefused, CommonSections.IsRareOfApplication, isHttp2: true, isTraced: true);
        if (isLogged)
        {
            text.Block(LogSections.UnusualRequest);
        }

        text.Block(ForwardedLines.Place);
        text.Block(TraceLines.Traced);
        text.Block(TraceLines.ContinuedAlone);
    }

    public static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener)
    {
        if (listener.Http is { ClientKeepAlive: { } time })
        {
            AgeLines.WriteListener(text, time);
        }

        var isLogged = listener.Http is not null && LogSections.IsApplication(planned);
        if (!IsOwn(listener) && !isLogged)
        {
            return;
        }

        if (isLogged)
        {
            LogSections.WriteIdentity(text, planned, listener);
        }

        ForwardedLines.Write(text, listener.Http!);
        ClientHeaderLines.Write(text, listener.Http!);
        foreach (var fact in listener.Http!.ClientFacts)
        {
            var line = text.Line("http-request");
            _ = listener.Tls is null
                ? line.Word("del-header").Word(fact.Header)
                : line.Word("set-header").Word(fact.Header).Constant(ValueOf(fact.What));
        }

        foreach (var header in listener.Http!.ResponseHeaders)
        {
            // A percent sign would begin an expression.
            text.Line("http-after-response").Word("set-header").Word(header.Name)
                .Quoted(header.Value.Replace("%", "%%", StringComparison.Ordinal));
        }

        if (listener.Http.HidesServer && planned.Answers.Server is { } server)
        {
            text.Line("http-after-response").Constant("del-header Server if { res.fhdr(server) -m str --").Quoted(server).Constant("}");
        }

        PoolStickinessLines.WriteReading(text, listener, "");
    }

    private static string ValueOf(ClientFact fact) => fact switch
    {
        ClientFact.TlsVersion => "%[ssl_fc_protocol]",
        ClientFact.CipherSuite => "%[ssl_fc_cipher]",
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "HAProxy knows nothing of it."),
    };
}

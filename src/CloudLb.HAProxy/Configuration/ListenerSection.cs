using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>One listener's frontend; of a logged listener that of one thread.</summary>
internal sealed class ListenerSection(
    PlannedLoadBalancer planned, PlannedListener listener, LogSlot? slot, ListenerSurroundings surroundings)
{
    private readonly bool _isHttp = listener.Mode == TrafficMode.Http;
    private readonly bool _isOfTls = LogSections.IsOfTls(planned, listener);

    /// <summary>Whether it takes what comes to a shared address by its name.</summary>
    private readonly bool _isShared = surroundings.Front is not null && SharedLines.IsReachedByName(listener);

    /// <summary>Whether its requests are logged as application load balancers log them.</summary>
    private readonly bool _isOfApplication = listener.Mode == TrafficMode.Http && LogSections.IsApplication(planned);

    /// <summary>Whether every request comes to its own rules.</summary>
    private bool SeesAll => _isOfApplication || OwnListenerLines.IsOwn(listener) || surroundings.IsOpen(listener);

    /// <param name="text">Where it is written.</param>
    /// <param name="maps">Given those that its rules are found by.</param>
    public void Write(ConfigText text, ISet<RuleMap> maps)
    {
        text.Part("section");
        text.Section("frontend").Name(ProxyName.OfListener(planned.Id, listener.Port, slot?.Thread ?? 1)).Word("from").Word(Defaults());
        text.Part("binds");
        WriteBinds(text);
        text.Part("log");
        WriteLog(text);
        text.Part("sources");
        WriteSources(text);
        text.Part("connections");
        WriteConnections(text);
        text.Part("timeouts");
        WriteTimeouts(text);
        text.Part("passing_on");
        WritePassingOn(text, maps);
        text.Part("target");
        RuleLines.Write(text, planned, listener, maps, SeesAll ? PathLines.Normalized : PathLines.Sent);
    }

    /// <summary>The name of the defaults that it begins with.</summary>
    private string Defaults()
    {
        var mode = listener.Http?.DesyncMitigation ?? DesyncMitigation.Defensive;
        if (_isOfApplication)
        {
            return OwnListenerLines.LoggedNameOf(planned.Answers, mode);
        }

        var name = _isHttp ? $"{CommonSections.NameOf("http_listener", planned.Answers)}{DesyncLines.Suffix(mode)}" : "tcp_listener";
        var logged = LogSections.IsAny(planned, listener) ? "_logged" : "";
        var suffix = OwnListenerLines.IsOwn(listener)
            ? OwnListenerLines.Suffix
            : surroundings.IsOpen(listener)
            ? OpenDefaults.Suffix
            : PathLines.AreFound(planned, listener)
            ? PathLines.Suffix
            : "";
        return $"{name}{logged}{suffix}";
    }

    private void WriteBinds(ConfigText text)
    {
        foreach (var endpoint in planned.EndpointsOf(listener))
        {
            var bind = text.Line("bind").Endpoint(endpoint.Address, endpoint.Port);
            WriteBind(surroundings.IsAbsentBound ? bind.Word("transparent") : bind);
        }

        // A socket has one owner: of several frontends the first one's thread takes all that comes there.
        if (_isShared && (slot?.Thread ?? 1) == 1)
        {
            var front = surroundings.Front!;
            WriteBind(SharedLines.Bind(text, front.Of(ProxyName.OfListener(planned.Id, listener.Port)), front.User));
        }
    }

    private void WriteBind(ConfigLine bind)
    {
        if (listener.Tls is { } tls)
        {
            TlsSettings.Write(
                bind, listener.Http is not null && surroundings.Templates?.HasCounter == true ? Http2Lines.Without(tls) : tls,
                ProxyName.OfListener(planned.Id, listener.Port));
        }

        if (slot is { } logged)
        {
            // The frontends make keys for tickets each of its own, and share the sessions that they keep themselves.
            if (listener.Tls is not null && surroundings.Threads > 1)
            {
                bind.Word("no-tls-tickets");
            }

            bind.Word("thread").Number(logged.Thread);
        }
    }

    private void WriteLog(ConfigText text)
    {
        if (slot is not { } logged)
        {
            return;
        }

        LogSections.WriteTarget(text, logged);
        if (_isHttp)
        {
            LogSections.WriteCaptures(text, _isOfApplication);
        }
        else if (_isOfTls)
        {
            TlsLogLines.Write(text);
        }
    }

    private void WriteSources(ConfigText text)
    {
        if (listener.IsTarget)
        {
            ChainLines.WriteListener(text);
        }

        SourceLines.Write(text, listener.AllowedSources, _isShared, listener.IsTarget);
    }

    private void WriteConnections(ConfigText text)
    {
        ShareLines.WriteAccepted(text, _isHttp);
        OwnListenerLines.Write(text, planned, listener);
        if (_isOfTls)
        {
            TlsLogLines.WriteRules(text, listener);
        }
    }

    private void WriteTimeouts(ConfigText text)
    {
        var (idle, first) = (listener.IdleTimeout, surroundings.FirstRequest);
        text.Line("timeout").Word("client").Milliseconds(idle);
        if (_isHttp)
        {
            text.Line("timeout").Word("http-request").Milliseconds(idle < first ? idle : first);
            text.Line("timeout").Word("http-keep-alive").Milliseconds(idle);
        }
    }

    private void WritePassingOn(ConfigText text, ISet<RuleMap> maps)
    {
        if (_isShared)
        {
            SharedLines.WriteListener(text, planned, listener);
        }

        if (SeesAll && PathLines.AreAsked(listener))
        {
            PathLines.WriteAll(text);
        }
        else if (PathLines.AreFound(planned, listener))
        {
            var routes = new ConfigText();
            RuleLines.Write(routes, planned, listener, maps, PathLines.Normalized);
            PathLines.WriteRoutes(text, routes);
        }

        if (_isHttp)
        {
            RewriteLines.WriteListener(text, planned, listener, maps);
            PassOnSections.WriteListener(text, surroundings.IsOpen(listener));
        }
    }
}

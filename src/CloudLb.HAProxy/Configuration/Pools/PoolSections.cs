using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A pool of members as HAProxy's backend.</summary>
internal static class PoolSections
{
    /// <summary>The common section that one begins with.</summary>
    public static string Defaults(TrafficMode mode, PlannedLoadBalancer planned) =>
        mode == TrafficMode.Http ? CommonSections.NameOf("http_pool", planned.Answers) : "tcp_pool";

    /// <summary>Writes the pool.</summary>
    /// <param name="text">What it is added to.</param>
    /// <param name="planned">Whose it is.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="capabilities">Of the HAProxy that is to read it.</param>
    /// <param name="templates">The operator's words for members; null where there are none.</param>
    public static void Write(
        ConfigText text, PlannedLoadBalancer planned, PlannedPool pool, HAProxyCapabilities capabilities, TemplatedSections? templates)
    {
        text.Part("section");
        text.Section("backend").Name(ProxyName.OfPool(planned.Id, pool.Name)).Word("from")
            .Word(Defaults(pool.Mode, planned));
        if (pool.Mode == TrafficMode.Http && Http2Lines.IsSpoken(planned))
        {
            BodyLines.WriteWait(text, "!{ nbsrv gt 0 }");
        }

        MemberProtocolLines.Write(text, planned, pool);
        MemberHeadLines.Write(text, planned, pool);
        text.Part("log");
        if (planned.IsLogged && pool.Mode == TrafficMode.Http)
        {
            LogSections.WritePool(text);
        }

        text.Part("balance");
        if (pool.Balance != BalanceLines.UsualOf(pool.Mode))
        {
            BalanceLines.Write(text, pool.Balance);
        }

        if (pool.LoadBalancer is { } place)
        {
            ChainLines.WritePool(text, place);
        }

        if (pool.KeepsClientAddress)
        {
            // Servers that are added at run time go by it too, and checks, which are no client's, by the machine's own (2.6.12).
            text.Line("source").Constant("0.0.0.0 usesrc clientip");
        }

        text.Part("timeouts");
        text.Line("timeout").Word("server").Milliseconds(pool.IdleTimeout);
        text.Line("timeout").Word("tunnel").Milliseconds(pool.IdleTimeout);
        NoAnswerLines.WritePool(text, planned, pool, capabilities);
        text.Part("queue");
        SurgeQueueLines.Write(text, ProxyName.OfPool(planned.Id, pool.Name), pool);
        text.Part("check");
        if (pool.IsChecked)
        {
            ProbeLines.Write(text, pool.Probe);
        }

        text.Part("keys");
        if (pool.AcceptedKeys is not null)
        {
            PinLines.Write(text, pool.Mode, ProxyName.OfPool(planned.Id, pool.Name));
        }

        text.Part("stickiness");
        if (pool.Stickiness is { } stickiness)
        {
            StickinessLines.Write(text, stickiness, PlannedPoolName.Of(pool.Name));
        }

        PoolStickinessLines.WriteRenewal(text, planned, PlannedPoolName.Of(pool.Name));
        text.Part("servers");

        // A draining member takes nothing new: the process that has its connections finishes them, the next one need not know of it.
        foreach (var member in pool.Members.Where(member => member.DrainingUntil is null))
        {
            ServerLine.Write(text, member, pool, capabilities, templates?.WordsOf(pool, member) ?? "");
        }
    }
}

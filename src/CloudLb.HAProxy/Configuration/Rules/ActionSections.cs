using System.Globalization;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A section for each action by which a load balancer answers by itself: a redirect, a fixed answer, or no pool with a weight.
/// </summary>
internal static class ActionSections
{
    /// <summary>Stands in the name of each, and in no pool's.</summary>
    public const string Mark = ":rule.";

    /// <summary>Of a fixed answer that comes without content (RFC 9110): HAProxy refuses a file that gives it some.</summary>
    private const int NoContent = 204;

    private static readonly string[] Parts = ["protocol", "host", "port", "path", "query"];

    /// <summary>No pool's name has a dot in it.</summary>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="rule">The rule; null for the listener's default.</param>
    public static string NameOf(LoadBalancerId loadBalancer, PlannedListener listener, PlannedRule? rule) =>
        ProxyName.OfPool(loadBalancer, $"rule.{listener.Port}.{rule?.Priority.ToString(CultureInfo.InvariantCulture) ?? "default"}");

    public static void Write(ConfigText text, PlannedLoadBalancer planned)
    {
        foreach (var listener in planned.Listeners)
        {
            foreach (var rule in listener.Rules)
            {
                Write(text, planned, NameOf(planned.Id, listener, rule), listener, rule.Action);
            }

            Write(text, planned, NameOf(planned.Id, listener, null), listener, listener.DefaultAction);
        }
    }

    private static void Write(
        ConfigText text, PlannedLoadBalancer planned, string name, PlannedListener listener, PlannedAction action)
    {
        if (action is PlannedAction.Forward { Pools: var pools } && pools.Any(pool => pool.Weight > 0))
        {
            return;
        }

        text.Section("backend").Name(name).Word("from").Word(PoolSections.Defaults(listener.Mode, planned));
        if (listener.Mode == TrafficMode.Tcp)
        {
            text.Line("tcp-request").Constant("content reject");
            return;
        }

        if (Http2Lines.IsSpoken(planned))
        {
            BodyLines.WriteWait(text);
        }

        if (LogSections.TellsDecisions(planned) && action is not PlannedAction.Forward)
        {
            var did = action is PlannedAction.Redirect ? "redirect" : "fixed-response";
            text.Line("http-request").Constant(
                $"set-var(txn.did) {(action.Gate is PlannedGate.Session ? $"'str(\"{SessionLines.Did},{did}\")'" : $"str({did})")}");
        }

        switch (action)
        {
            case PlannedAction.FixedResponse fixedResponse:
                WriteAnswer(text, planned, fixedResponse.Status, fixedResponse.ContentType, fixedResponse.Body, "");
                break;
            case PlannedAction.Redirect redirect:
                WriteRedirect(text, planned, listener, redirect);
                break;
            default:
                text.Line("http-request").Constant("deny deny_status 503");
                break;
        }
    }

    private static void WriteRedirect(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, PlannedAction.Redirect redirect)
    {
        var protocol = listener.Tls is null ? "http" : "https";
        var query = "";
        if (redirect.Query == "#{query}")
        {
            // Of an address without a query no question mark is left.
            text.Line("http-request").Constant("set-var-fmt(txn.query) '?%[query]' if { query,length gt 0 }");
            query = "%[var(txn.query)]";
        }
        else if (redirect.Query.Length > 0)
        {
            query = $"?{Format(redirect.Query, protocol)}";
        }

        var location = $"{Format(redirect.Protocol, protocol).ToLowerInvariant()}://{Format(redirect.Host, protocol)}"
            + $":{Format(redirect.Port, protocol)}{Format(redirect.Path, protocol)}{query}";
        if (LogSections.TellsDecisions(planned))
        {
            text.Line("http-request").Constant($"set-var-fmt(txn.location) \"{location}\"");
            location = "%[var(txn.location)]";
        }

        var page = planned.Answers.Answers.FirstOrDefault(answer => answer.Status == redirect.Status);
        WriteAnswer(text, planned, redirect.Status, page?.ContentType, page?.Body ?? "", $" hdr Location \"{location}\"");
    }

    private static void WriteAnswer(
        ConfigText text, PlannedLoadBalancer planned, int status, string? contentType, string body, string headers)
    {
        var line = text.Line("http-request").Constant("return status").Number(status);
        if (body.Length > 0 && status != NoContent)
        {
            line.Constant("content-type").Quoted(contentType ?? "text/plain").Constant("string").Constant(Body(body));
        }

        if (planned.Answers.Server is { } server)
        {
            line.Constant("hdr Server").Quoted(server).Constant("hdr Date %[date,http_date]");
        }

        if (headers.Length > 0)
        {
            line.Constant(headers.TrimStart());
        }
    }

    /// <summary>A word whose every byte but letters and digits is written by its number.</summary>
    private static string Body(string body)
    {
        var text = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(body))
        {
            _ = octet switch
            {
                0 => throw new UnwritableValueException(body, "contains a NUL"),
                _ when char.IsAsciiLetterOrDigit((char)octet) => text.Append((char)octet),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}"),
            };
        }

        return text.ToString();
    }

    /// <summary>A part of an address with its placeholders as HAProxy's, between double quotes.</summary>
    private static string Format(string part, string protocol)
    {
        var text = new StringBuilder();
        for (var index = 0; index < part.Length; index++)
        {
            if (Parts.FirstOrDefault(name => part.AsSpan(index).StartsWith($"#{{{name}}}")) is { } name)
            {
                text.Append(name switch
                {
                    "protocol" => protocol,
                    "host" => @"%[req.fhdr(host,1),regsub(':[^]]*\$',)]",
                    "port" => "%[dst_port]",
                    "path" => "%[path,bytes(1)]",
                    _ => "%[query]",
                });
                index += name.Length + 2;
            }
            else
            {
                text.Append(part[index] switch
                {
                    '%' => "%%",
                    var character when char.IsAsciiLetterOrDigit(character) => character.ToString(),
                    > ' ' and <= '~' => $"\\x{(int)part[index]:x2}",
                    _ => throw new UnwritableValueException(part, "contains a character that no address has"),
                });
            }
        }

        return text.ToString();
    }
}

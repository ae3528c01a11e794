using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A pool's answer where the instance closes its connection, or resets it, before the head of an answer is complete.</summary>
/// <remarks>
/// HAProxy answers so the first request of an HTTP/1 connection alone (2.6.12). After that it closes the client's connection without a
/// word, and every request of HTTP/2 it tells as refused, so that clients send it again: a POST that the instance has had comes a second
/// time. Neither is logged. That is decided where HAProxy waits for the head of an answer; rules of content are asked before, and what
/// they answer goes the way of every other answer. They cost 740 instructions a request (counted with callgrind).
/// </remarks>
internal static class NoAnswerLines
{
    /// <summary>The action, with the style of the answer as its word.</summary>
    /// <remarks>An instance that may yet answer is left to its time: HAProxy says 504 of it, and whose time it was.</remarks>
    public const string Script = """
        core.register_action("no_answer", { "tcp-res" }, function(txn, style)
          if txn.res:may_recv() then
            return
          end
          txn:set_var("txn.closed", true)
          local escaped = txn:get_var("proc.no_answer_" .. style)
          local text = escaped:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end)
          local head, body = text:match("^(.-)\r\n\r\n(.*)$")
          local status, reason = head:match("^%S+ (%d+) ([^\r]*)")
          local reply = txn:reply({ body = body })
          reply:set_status(tonumber(status), reason)
          for name, value in head:gmatch("\r\n([^:]+): ([^\r]*)") do
            reply:add_header(name, value)
          end
          txn:done(reply)
        end, 1)

        """;

    /// <summary>Whether an answer is one of these, and so no matter of the client's.</summary>
    public const string IsNotGiven = "!{ var(txn.closed) -m found }";

    /// <summary>The answers of all styles, once for a process.</summary>
    /// <remarks>
    /// They are what clients are told in the end: rules after it that ask the script (<see cref="OwnAnswerLines"/> does of 502) would do
    /// so while it runs, which ends the process (2.6.12).
    /// </remarks>
    public static void WriteGlobal(ConfigText text, CommonSettings settings)
    {
        foreach (var answers in settings.Answers)
        {
            var status = answers.BreaksAre502 ? 502 : 504;
            var answer = answers.Answers.FirstOrDefault(answer => answer.Status == status) ?? new(status, "Bad Gateway");
            var escaped = Uri.EscapeDataString(ErrorFiles.Content(answer, answers.Server));
            text.Line("set-var").Word($"proc.no_answer_{Name.Checked(answers.Style)}").Word($"str({escaped})");
        }
    }

    /// <summary>The rule of a pool; in common sections it would be of none (2.6.12).</summary>
    /// <remarks>It waits a little less than instances have, whose end is HAProxy's to tell.</remarks>
    public static void WritePool(ConfigText text, PlannedLoadBalancer planned, PlannedPool pool, HAProxyCapabilities capabilities)
    {
        if (pool.Mode == TrafficMode.Http && capabilities.HasLua)
        {
            text.Line("tcp-response").Word("inspect-delay").Milliseconds(pool.IdleTimeout * 0.95);
            text.Line("tcp-response").Constant("content lua.no_answer").Word(Name.Checked(planned.Answers.Style))
                .Constant("unless { status -m found }");
        }
    }
}

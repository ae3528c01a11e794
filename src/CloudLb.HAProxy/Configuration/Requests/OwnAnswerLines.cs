using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The status that a client is told where no answer of an instance came, as at AWS: 408 when the client stopped in the middle of its body,
/// 504 when the instance had all of it, 504 when the instance closed its connection or reset it, and 502 when what it sent is no HTTP. An
/// application load balancer tells 502 of a target that refuses the connection, and 504 of one that does not take it in time.
/// </summary>
/// <remarks>
/// While HAProxy waits for an answer it lets the instance's time run out and not the client's (2.6.12), and says 504 either way. What tells
/// them apart is whether the body has come as far as it must, by HAProxy's own count of bytes, which is kept up to date by
/// <c>contstats</c>. So nothing is held back until a body is complete. How much must come is said by Content-Length, or by the first chunk
/// where it came with the head. Whether chunks after it have ended is seen by no rule, and by a script in Lua only as a filter, which works
/// for all requests of a section or for none. So the process passes a request whose body comes in chunks on to itself
/// (<see cref="PassOnSections"/>): where it takes what is passed on, the filter sees the end of every body, and an answer is 408 while that
/// has not come.
/// <para>
/// HAProxy says 502 both of a connection that was closed and of an answer that it cannot read; it has stopped reading in the first case
/// alone, which one function in Lua can see and no rule. It runs after a 502 of HAProxy's own and never else. A HAProxy without Lua says
/// 504 of both, and of chunks that stop.
/// </para>
/// </remarks>
internal static class OwnAnswerLines
{
    /// <summary>
    /// The function that the rule asks for, true when nothing more can come from the instance; and the filter, for requests alone.
    /// </summary>
    /// <remarks>
    /// What the filter says of the last buffer of a body it says when that has come, not when the instance has it. Its method for the end
    /// of a message must not be used: with it, HAProxy gives no answer any more when the instance's time has run out (2.6.12).
    /// </remarks>
    public const string Script = """
        core.register_fetches("instance_has_closed", function(txn)
          return not txn.res:may_recv()
        end)

        local body_end = { id = "CloudLb: the end of a body", flags = filter.FLT_CFG_FL_HTX }
        body_end.__index = body_end

        function body_end:new()
          return setmetatable({}, body_end)
        end

        function body_end:http_headers(txn, message)
          if not message.channel:is_resp() then
            if message:eom() then
              txn:set_var("txn.ended", true)
            else
              filter.register_data_filter(self, message.channel)
            end
          end
        end

        function body_end:http_payload(txn, message)
          if message:eom() then
            txn:set_var("txn.ended", true)
          end
        end

        core.register_filter("body_end", body_end, function(made)
          return made
        end)

        """;

    /// <summary>Whether an answer may be one of these.</summary>
    public const string IsOwn = "{ status 502 504 }";

    /// <summary>The same where all answers of the load balancer itself are given a Date.</summary>
    public const string IsError = "{ status 400:599 }";

    /// <summary>
    /// What has come with the head, before every rule that changes that. A request without a body costs this one condition (500
    /// instructions, counted with callgrind; <c>contstats</c> itself none that could be seen).
    /// </summary>
    public const string Arrived = """
          option contstats
          http-request set-var(txn.arrived) req.len if { req.body_size gt 0 }
        """;

    /// <summary>How much of the body is still to come, which nobody asks but of requests that have one.</summary>
    public const string Missing = """
          http-request set-var(txn.early) req.body_len if { var(txn.arrived) -m found }
          http-request set-var(txn.missing) req.body_size,sub(txn.early) if { var(txn.arrived) -m found }
        """;

    // The time to the first byte of an answer (%Tr) is -1 where none came: an instance's own 502 and 504 stay.
    private const string Answer = $$"""
          http-after-response set-var-fmt(txn.answer) %Tr if {{IsOwn}}
        """;

    // HAProxy says 503 both when nobody is in service and when the one that was chosen could not be connected to, which alone is known then
    // (2.6.12). How long it waited before the last attempt (%Tw) tells a refusal, after which it waits a second at most, from attempts
    // that took all of their time.
    private const string Connecting = $$"""
          http-after-response set-var-fmt(txn.connecting) '%Tr %Tw' if { status 503 } {{IsOfTarget}}
        """;

    // CloudLb's own server, which signs clients in, is none.
    private const string IsOfTarget = $$"""{ srv_id -m found } !{ be_name {{SessionLines.Section}} }""";

    private const string Refused = "{ var(txn.connecting) -m reg '^-1 [0-8]?[0-9]{1,3}$' }";
    private const string TimedOut = "{ var(txn.connecting) -m reg '^-1 (?:9[0-9]{3}|[0-9]{5,})$' }";

    private const string StalledBody = """
          http-after-response set-var-fmt(txn.came) %U if { var(txn.answer) -m str -- -1 } { var(txn.missing) -m found } { status 504 }
          http-after-response set-var(txn.due) var(txn.arrived),add(txn.missing) if { var(txn.came) -m found }
        """;

    /// <summary>The answers of a listener.</summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="settings">What HAProxy can.</param>
    /// <param name="answers">The words of the load balancer's style.</param>
    /// <param name="isOwn">
    /// Whether answers of targets come here that are no errors; they are passed on without a date where they have none.
    /// </param>
    public static void WriteListener(ConfigText text, CommonSettings settings, PlannedAnswers? answers, bool isOwn)
    {
        text.Block(Answer);
        text.Block(StalledBody);
        WriteStatus(
            text, answers, 408,
            $"if {{ var(txn.came) -m found }} {{ var(txn.due),sub(txn.came) -m int gt 0 }} {NoAnswerLines.IsNotGiven}");
        if (answers is { BreaksAre502: true })
        {
            WriteUnconnected(text, answers, "");
        }
        else
        {
            WriteClosed(text, settings, answers);
        }

        if (answers is { Server: not null })
        {
            text.Line("http-after-response")
                .Constant($"set-header Date %[date,http_date] if {(isOwn ? $"{IsError} " : "")}!{{ res.fhdr(date) -m found }}");
        }
    }

    /// <summary>The lines where requests come that were passed on.</summary>
    public static void WritePassedOn(ConfigText text, CommonSettings settings)
    {
        text.Block(Answer);
        if (settings.HasLua)
        {
            text.Line("filter").Word("lua.body_end");
            WriteStatus(
                text, settings.PlainAnswers, 408,
                $"if {{ var(txn.answer) -m str -- -1 }} {{ status 504 }} !{{ var(txn.ended) -m found }} {NoAnswerLines.IsNotGiven}");
        }

        // What listeners of such a style are called begins with it.
        var others = settings.OtherAnswers.Where(answers => answers.BreaksAre502)
            .Select(answers => $"{Name.Checked(answers.Style)}:")
            .ToList();
        var isOther = $"{{ var(txn.listener) -m beg {string.Join(' ', others)} }}";
        WriteClosed(text, settings, settings.PlainAnswers, others.Count > 0 ? $" !{isOther}" : "");
        if (others.Count > 0)
        {
            WriteUnconnected(text, null, $" {isOther}");
        }
    }

    private static void WriteUnconnected(ConfigText text, PlannedAnswers? answers, string only)
    {
        text.Block(Connecting);
        WriteStatus(text, answers, 504, $"if {TimedOut}{only}");
        WriteStatus(text, answers, 502, $"if {Refused}{only}");
    }

    private static void WriteClosed(ConfigText text, CommonSettings settings, PlannedAnswers? answers, string but = "")
    {
        var hasClosed = settings.HasLua ? " { lua.instance_has_closed -m bool }" : "";
        WriteStatus(text, answers, 504, $"if {{ var(txn.answer) -m str -- -1 }} {{ status 502 }}{but}{hasClosed}");
    }

    /// <summary>In the words of the plan's own answers.</summary>
    private static void WriteStatus(ConfigText text, PlannedAnswers? answers, int status, string condition)
    {
        var line = text.Line("http-after-response").Word("set-status").Number(status);
        if (answers?.Answers.FirstOrDefault(answer => answer.Status == status) is { } answer)
        {
            line.Word("reason");
            _ = answer.Reason.Contains(' ') ? line.Quoted(answer.Reason) : line.Word(answer.Reason);
        }

        line.Constant(condition);
    }
}

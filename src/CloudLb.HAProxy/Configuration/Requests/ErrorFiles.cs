using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The files of the answers that load balancers give by themselves.</summary>
/// <remarks>
/// Seen with 2.6.12: a request that never became complete (its head is malformed, or does not come in time) is answered by the protocol
/// layer with HAProxy's own 400 or 408, whose status is right and whose words are not the plan's; no setting changes that.
/// </remarks>
internal static class ErrorFiles
{
    // What HAProxy can be told to answer by a file (2.6).
    private static readonly int[] Known =
        [200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504];

    /// <summary>Every answer of a style, with the name of its file.</summary>
    public static IEnumerable<(PlannedAnswer Answer, string Name)> Of(PlannedAnswers answers) =>
        answers.Answers.Where(answer => Known.Contains(answer.Status)).Select(answer => (answer, NameOf(answers.Style, answer.Status)));

    /// <summary>What HAProxy reads. What follows a request that is refused as malformed may be part of it, and is not read.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="server">Its Server; a file cannot say the Date, which comes by <see cref="OwnAnswerLines"/>.</param>
    public static string Content(PlannedAnswer answer, string? server = null)
    {
        var text = new StringBuilder().Append("HTTP/1.1 ").Append(answer.Status).Append(' ').Append(answer.Reason).Append("\r\n")
            .Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(answer.Body)).Append("\r\n");
        if (answer.ContentType is { } type)
        {
            text.Append("Content-Type: ").Append(type).Append("\r\n");
        }

        if (server is not null)
        {
            text.Append("Server: ").Append(server).Append("\r\n");
        }

        return text.Append(answer.Status == 400 ? "Connection: close\r\n" : "").Append("\r\n").Append(answer.Body).ToString();
    }

    /// <summary>The first style had its files to itself: running processes name them so.</summary>
    private static string NameOf(string style, int status) =>
        style == ProxyName.PlainKind ? $"{status}.http" : $"{Name.Checked(style)}-{status}.http";
}

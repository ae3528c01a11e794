using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>One request of a fixture and the answer to it, written as in the file: see <c>compat-fixtures/README.md</c>.</summary>
internal sealed partial record FixtureStep
{
    /// <summary>What it shows, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What the client was given that sent it, as JSON; null when no client sent it.</summary>
    public string? Parameters { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>Path and query string.</summary>
    public string Target { get; init; } = "/";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The form; empty for a GET.</summary>
    public string Form { get; init; } = "";

    /// <summary>Null while no answer was written down.</summary>
    public int? Status { get; init; }

    /// <summary>The document that comes back, with placeholders; empty where only the status counts.</summary>
    public string Answer { get; init; } = "";

    public static FixtureStep Parse(string text)
    {
        var lines = text.Split('\n');
        var answerAt = Array.FindIndex(lines, line => line.StartsWith(StatusLine, StringComparison.Ordinal));
        var comments = lines.Skip(1).TakeWhile(line => line.StartsWith('#')).ToList();
        var request = lines[(1 + comments.Count)..(answerAt < 0 ? lines.Length : answerAt)];
        var line = RequestLine().Match(request.FirstOrDefault("").Trim());
        return new()
        {
            Title = lines[0].Trim(),
            Parameters = comments.Count > 0 ? comments[0].TrimStart('#').Trim() : null,
            Method = line.Success ? line.Groups["method"].Value : "POST",
            Target = line.Success ? line.Groups["target"].Value : "/",
            Headers = [.. request.Skip(1).TakeWhile(header => header.Length > 0).Select(Header)],
            Form = string.Join('\n', request.SkipWhile(header => header.Length > 0)).Trim(),
            Status = answerAt < 0 ? null : int.Parse(lines[answerAt].AsSpan(StatusLine.Length).Trim(), CultureInfo.InvariantCulture),
            Answer = answerAt < 0 ? "" : string.Join('\n', lines[(answerAt + 1)..].SkipWhile(header => header.Length > 0)).Trim(),
        };
    }

    public override string ToString()
    {
        var text = new StringBuilder($"### {Title}\n");
        text.Append(Parameters is null ? "" : $"# {Parameters}\n").Append($"{Method} {Target} HTTP/1.1\n");
        foreach (var (name, value) in Headers)
        {
            text.Append($"{name}: {value}\n");
        }

        text.Append(Form.Length > 0 ? $"\n{Form}\n" : "");
        text.Append(Status is null ? "" : $"\n{StatusLine}{Status}\n");
        return text.Append(Answer.Length > 0 ? $"Content-Type: text/xml\n\n{Answer}\n" : "").ToString();
    }

    private const string StatusLine = "HTTP/1.1 ";

    private static KeyValuePair<string, string> Header(string line) => line.Split(": ", 2) is [var name, var value]
        ? new(name, value)
        : throw new FormatException($"'{line}' is no header.");

    [GeneratedRegex("^(?<method>[A-Z]+) (?<target>[^ ]+) HTTP/1.1$")]
    private static partial Regex RequestLine();
}

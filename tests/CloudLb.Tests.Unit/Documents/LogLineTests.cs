using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.Documents;

/// <summary>Whoever meets a line of the log at night finds its number in <c>docs/log.md</c>, with what to do.</summary>
public sealed partial class LogLineTests
{
    private static readonly string Repository = RepositoryPath();

    [Fact]
    public void Each_line_of_the_log_is_listed_as_it_is_written()
    {
        var said = Messages().Where(message => message.Level != LogLevel.Debug)
            .OrderBy(message => message.EventId)
            .Select(message => $"| {message.EventId} | {message.Level} | {message.Message} |")
            .ToList();
        var listed = File.ReadLines(Path.Combine(Repository, "docs", "log.md"))
            .Where(line => Row().IsMatch(line))
            .ToList();

        Assert.InRange(said.Count, 100, 1000);
        Assert.Equal(said, listed.Select(row => Row().Match(row).Value));
        Assert.DoesNotContain(listed, row => Row().Replace(row, "").Trim(' ', '|').Length == 0);
    }

    [Fact]
    public void A_number_that_a_document_names_is_one_of_the_log()
    {
        var known = Messages().Select(message => message.EventId).ToHashSet();
        var unknown = Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md")
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => int.Parse(match.Groups[1].ValueSpan, null)))
            .Where(number => !known.Contains(number));

        Assert.Empty(unknown);
    }

    private static List<LoggerMessageAttribute> Messages() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is "cloudlb.dll" or ['C', 'l', 'o', 'u', 'd', 'L', 'b', '.', ..])
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .SelectMany(
                type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    private static string RepositoryPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^\| [0-9]{4} \| \w+ \| .*? \|(?= )")]
    private static partial Regex Row();

    [GeneratedRegex(@"`\[([0-9]{4})\]")]
    private static partial Regex Named();
}

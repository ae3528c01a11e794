using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.Unit.Documents;

/// <summary>Links between the documents, so that whoever moves one learns who has pointed at it.</summary>
public sealed partial class LinkTests
{
    private static readonly string Repository = RepositoryPath();

    [Fact]
    public void Every_link_leads_to_a_file_that_is_there_and_to_a_heading_that_it_has()
    {
        var broken = Documents().SelectMany(document => Link().Matches(Prose(document)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(link => !Leads(document, link))
            .Select(link => $"{Path.GetRelativePath(Repository, document)}: {link}"));

        Assert.Empty(broken);
    }

    [Fact]
    public void The_index_names_every_document()
    {
        var docs = Path.Combine(Repository, "docs");
        var linked = Link().Matches(File.ReadAllText(Path.Combine(docs, "README.md")))
            .Select(match => match.Groups[1].Value.Split('#')[0]);

        Assert.Empty(Directory.EnumerateFiles(docs, "*.md").Select(Path.GetFileName).Except(linked).Except(["README.md"]));
    }

    private static IEnumerable<string> Documents() => new[] { "docs", "src", "deploy", "bench", "compat-fixtures", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository, folder), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Repository, "*.md"))
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static bool Leads(string document, string link)
    {
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        return parts.Length == 1
            ? Path.Exists(file)
            : File.Exists(file) && Prose(file).Split('\n').Where(line => line.StartsWith('#')).Select(Anchor).Contains(parts[1]);
    }

    private static string RepositoryPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>The text without its fenced blocks, in which brackets are code.</summary>
    private static string Prose(string file) => Fence().Replace(File.ReadAllText(file), "");

    /// <summary>As GitHub makes them.</summary>
    private static string Anchor(string heading) =>
        NoPartOfAnAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoPartOfAnAnchor();
}

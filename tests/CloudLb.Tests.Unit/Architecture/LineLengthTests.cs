using System.Text.RegularExpressions;
using CloudLb.Tests.Unit.Generator;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>Lines that fit beside each other on a screen.</summary>
public sealed partial class LineLengthTests
{
    private const int Most = 140;

    [Fact]
    public void No_line_is_longer_than_140_characters_but_for_a_literal_that_cannot_be_broken()
    {
        var root = Repository.Root;
        var tooLong = new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal) && !BuiltFolder().IsMatch(file))
            .SelectMany(file => TooLong(File.ReadAllLines(file)).Select(line => $"{Path.GetRelativePath(root, file)}:{line}"));

        Assert.Empty(tooLong);
    }

    /// <summary>The numbers of those lines. What stands in a raw literal is data, and so is a text without a blank.</summary>
    private static IEnumerable<int> TooLong(string[] lines)
    {
        var isRaw = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var begun = isRaw;
            if (RawQuotes().Count(lines[index]) % 2 == 1)
            {
                isRaw = !isRaw;
            }

            if (lines[index].Length > Most && !begun && !isRaw && !Unbreakable().IsMatch(lines[index]))
            {
                yield return index + 1;
            }
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    /// <summary>A raw or verbatim literal, or one with a word of sixty characters: a key, a signature, a query.</summary>
    [GeneratedRegex("\"\"\"|@\"|\"[^\"]*[^ \"]{60}[^\"]*\"")]
    private static partial Regex Unbreakable();

    [GeneratedRegex("[\\\\/](obj|bin|node_modules)[\\\\/]")]
    private static partial Regex BuiltFolder();
}

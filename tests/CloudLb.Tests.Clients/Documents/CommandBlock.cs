namespace CloudLb.Tests.Clients.Documents;

/// <summary>What a reader is told to paste: a fenced block of a document, and how it is run.</summary>
/// <param name="Document">The file's name.</param>
/// <param name="Line">Where the block begins, counted from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">The lines as they stand.</param>
/// <param name="Mark">What the comment before the block says of it; null without one.</param>
internal sealed record CommandBlock(string Document, int Line, string Language, string Text, string? Mark)
{
    private const string Fence = "```";
    private const string MarkBegin = "<!-- test: ", MarkEnd = " -->";
    private const string NotRun = "none, ";

    private static readonly string[] Runnable = ["sh", "python", "hcl"];

    /// <summary>Whether it goes on in the background until the last document is done.</summary>
    public bool IsBackground => Mark == "background";

    /// <summary>Why no test runs it; null when one does.</summary>
    public string? WhyNotRun => Mark?.StartsWith(NotRun, StringComparison.Ordinal) == true ? Mark[NotRun.Length..] : null;

    /// <summary>The commands of a document, in order. Blocks that show a file or an answer are none.</summary>
    public static IEnumerable<CommandBlock> Of(string path) => All(path).Where(block => Runnable.Contains(block.Language));

    /// <summary>Every block, in order.</summary>
    public static IEnumerable<CommandBlock> All(string path)
    {
        var lines = File.ReadAllLines(path);
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.IndexOf(lines, Fence, index + 1);
            Assert.True(end > index, $"{path}:{index + 1}: this block has no end.");
            yield return new(
                Path.GetFileName(path), index + 1, lines[index][Fence.Length..], string.Join('\n', lines[(index + 1)..end]) + "\n",
                MarkOf(lines, index));
            index = end;
        }
    }

    public override string ToString() => $"{Document}:{Line}";

    private static string? MarkOf(string[] lines, int fence) =>
        fence > 0
            && lines[fence - 1].StartsWith(MarkBegin, StringComparison.Ordinal)
            && lines[fence - 1].EndsWith(MarkEnd, StringComparison.Ordinal)
            ? lines[fence - 1][MarkBegin.Length..^MarkEnd.Length]
            : null;
}

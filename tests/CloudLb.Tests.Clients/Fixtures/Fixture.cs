using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>A file of <c>compat-fixtures</c>: requests that are sent one after the other to an account that has nothing yet.</summary>
internal sealed partial class Fixture
{
    private Fixture(string name, IReadOnlyList<FixtureStep> steps) => (Name, Steps) = (name, steps);

    /// <summary>The action and what it shows, as <c>AddTags/boto3</c>.</summary>
    public string Name { get; }

    public string Action => Name.Split('/')[0];

    public IReadOnlyList<FixtureStep> Steps { get; }

    /// <summary>The names of all but the sequences, in the order of their files.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(SourceFolder.Fixtures, "*.http", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(SourceFolder.Fixtures, path), null))
            .Where(name => !name.StartsWith($"{Conversation.Folder}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static Fixture Read(string name) =>
        new(name, [.. StepStart().Split(File.ReadAllText(PathOf(name))).Skip(1).Select(FixtureStep.Parse)]);

    public static void Write(string name, IEnumerable<FixtureStep> steps) => File.WriteAllText(PathOf(name), string.Join('\n', steps));

    private static string PathOf(string name) => Path.Combine(SourceFolder.Fixtures, $"{name}.http");

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex StepStart();
}

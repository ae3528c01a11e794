using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>A file of <c>compat-fixtures</c>: requests that are sent one after the other to an account that has nothing yet.</summary>
internal sealed partial class Fixture
{
    /// <summary>The folder of the actions of version 2.</summary>
    public const string V2 = "v2/";

    private Fixture(string name, IReadOnlyList<FixtureStep> steps) => (Name, Steps) = (name, steps);

    /// <summary>The action and what it shows, as <c>AddTags/boto3</c>; of version 2, <c>v2/AddTags/boto3</c>.</summary>
    public string Name { get; }

    public string Action => ActionOf(Name);

    /// <summary>The action as the clients under test are told it, and as two versions that have the same actions are told apart.</summary>
    public string Call => CallOf(Name);

    public IReadOnlyList<FixtureStep> Steps { get; }

    /// <summary>The names of all but the sequences, in the order of their files.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(SourceFolder.Fixtures, "*.http", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(SourceFolder.Fixtures, path), null))
            .Where(name => !name.StartsWith($"{Conversation.Folder}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string ActionOf(string name) => name.Split('/')[^2];

    public static string CallOf(string name) =>
        name.StartsWith(V2, StringComparison.Ordinal) ? $"{ElbClient.V2}{ActionOf(name)}" : ActionOf(name);

    /// <summary>The code of an <c>error-CODE</c> fixture; null of another.</summary>
    public static string? ErrorCodeOf(string name) =>
        name.Split('/')[^1].Split('-') is ["error", var code, ..] ? code : null;

    public static Fixture Read(string name) =>
        new(name, [.. StepStart().Split(File.ReadAllText(PathOf(name))).Skip(1).Select(FixtureStep.Parse)]);

    public static void Write(string name, IEnumerable<FixtureStep> steps) => File.WriteAllText(PathOf(name), string.Join('\n', steps));

    private static string PathOf(string name) => Path.Combine(SourceFolder.Fixtures, $"{name}.http");

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex StepStart();
}

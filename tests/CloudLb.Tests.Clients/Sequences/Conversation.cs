using CloudLb.Tests.Clients.Fixtures;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// A file below <c>compat-fixtures/sequences</c>: what a program sent in the course of its work, and what it was answered.
/// </summary>
internal static class Conversation
{
    public const string Folder = "sequences";

    /// <summary>
    /// Every request and every answer must be what the file holds; with <c>CLOUDLB_RECORD=sequences</c> the file is written.
    /// </summary>
    /// <param name="name">The file's path below the folder, without <c>.http</c>.</param>
    public static void Check(string name, IReadOnlyList<FixtureStep> steps)
    {
        var fixture = $"{Folder}/{name}";
        if (Recording.IsOnFor("sequences"))
        {
            Fixture.Write(fixture, steps);
            return;
        }

        Assert.Equal(string.Join('\n', Fixture.Read(fixture).Steps), string.Join('\n', steps));
    }
}

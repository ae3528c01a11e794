namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// Where this project's sources are: the Node modules are installed beside them, and the fixtures stand in the same repository.
/// </summary>
internal static class SourceFolder
{
    public static string Path { get; } = File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "source-folder.txt")).Trim();

    public static string Fixtures { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "..", "..", "compat-fixtures"));
}
